package org.imapnotify.netty;

/** A setting that cannot be used: says which key, what it was, and what was expected instead. */
public final class InvalidOptionException extends IllegalArgumentException {
    private final String key;
    private final String value;
    private final String expected;

    public InvalidOptionException(String key, Object value, String expected) {
        super(key + ": "
                + (value.toString().isEmpty() ? "not given" : "\"" + value + "\" cannot be used")
                + ", expected " + expected);
        this.key = key;
        this.value = value.toString();
        this.expected = expected;
    }

    /** The setting's name, which is a flag's. */
    public String key() {
        return key;
    }

    /** The same, told to who knows the setting by another name. */
    public InvalidOptionException as(String otherKey) {
        return new InvalidOptionException(otherKey, value, expected);
    }
}
