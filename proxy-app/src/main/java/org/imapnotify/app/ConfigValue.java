package org.imapnotify.app;

/**
 * What a flag is set to elsewhere than on the command line.
 *
 * @param where file and line, or the environment
 * @param key as it is written there
 */
record ConfigValue(String text, String where, String key) {}
