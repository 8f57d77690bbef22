package org.imapnotify.app;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. The JDK's class for them is no official API and the compiler warns of it, so it is reached by
 * reflection; a shutdown hook cannot take its place, because a second SIGTERM would never reach it.
 */
final class Signals {
    private Signals() {}

    /** Runs this on a thread of its own whenever the signal comes; false when the JVM does not let us. */
    static boolean on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        return switch (method.getName()) {
                            case "handle" -> {
                                action.run();
                                yield null;
                            }
                            case "equals" -> self == arguments[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default -> name;
                        };
                    });
            Object number = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, number, proxy);
            return true;
        } catch (ReflectiveOperationException notAllowed) {
            return false;
        }
    }
}
