package org.imapnotify.app;

import picocli.CommandLine.IVersionProvider;

/** This build's version, from the jar's manifest. */
public final class Version implements IVersionProvider {
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"imap-notify-proxy " + current()};
    }
}
