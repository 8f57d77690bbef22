package org.imapnotify.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The section of the configuration file in which a class's flags stand; without one they stand at the top. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Section {
    /** The section's key. */
    String value();

    /** What flags begin with and keys leave out: {@code --watch-connections} is {@code connections} in {@code watch}. */
    String prefix() default "";

    /** The key of the flag that has the section's own name. */
    String self() default "";

    /** What the section is about, in a few words. */
    String about();
}
