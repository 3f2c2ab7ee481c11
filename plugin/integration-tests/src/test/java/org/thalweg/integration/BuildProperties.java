package org.thalweg.integration;

/** System properties that the build passes to the tests. */
final class BuildProperties {

    private BuildProperties() {}

    static String get(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: the build sets it, run mvn verify");
        }
        return value;
    }
}
