package org.thalweg.integration;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Projects of users, built by Maven against the installed jars, and run. */
final class ConsumerProjects {

    private static final Path SOURCES = Path.of("src/consumers");
    private static final Path TEMPLATE = Path.of("../../demo-training/template");
    private static final List<String> WITH_THE_LISTENERS_PROGRAM = List.of("logback-1.2", "logback-1.5", "spring-boot");
    private static final long MINUTES = 10;

    private final Path root;

    private ConsumerProjects(Path root) {
        this.root = root;
    }

    /** What a program ended with. */
    record Outcome(int status, String output) {}

    /**
     * Builds all projects in one go.
     *
     * @throws IllegalStateException with Maven's output, if one does not build
     */
    static ConsumerProjects build() throws IOException, InterruptedException {
        Path root = Path.of("target/consumers").toAbsolutePath();
        copy(SOURCES, root);
        copy(TEMPLATE, root.resolve("template"));
        for (String name : WITH_THE_LISTENERS_PROGRAM) {
            copy(SOURCES.resolve("listener/src"), root.resolve(name).resolve("src"));
        }
        ConsumerProjects projects = new ConsumerProjects(root);
        Outcome built = run(
                root,
                property("consumers.maven"),
                "--batch-mode",
                "--no-transfer-progress",
                "--global-settings",
                "settings.xml",
                "-Dmaven.repo.local=" + property("consumers.repository"),
                "-Dconsumers.cache=" + property("consumers.cache"),
                "-Dthalweg.version=" + property("thalweg.version"),
                "-Ddl4j.version=" + property("consumers.dl4j"),
                "-Dnd4j.classifier=" + property("consumers.nd4j"),
                // The goals by themselves, in the versions that Thalweg's own build has fetched.
                property("consumers.resources") + ":resources",
                property("consumers.compiler") + ":compile",
                property("consumers.dependency") + ":build-classpath",
                "-Dmdep.outputFile=target/class-path",
                "-Dmdep.includeScope=runtime");
        if (built.status() != 0) {
            throw new IllegalStateException("Maven ended with " + built.status() + ":\n" + built.output());
        }
        return projects;
    }

    /** Names of the jars on a project's class path. */
    List<String> jars(String project) throws IOException {
        return Stream.of(classPath(project).split(File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString())
                .toList();
    }

    /** Runs a project's program on the JVM in {@code javaHome}. */
    Outcome run(Path javaHome, List<String> jvmArguments, String project, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", "target/classes" + File.pathSeparator + classPath(project), program));
        command.addAll(List.of(arguments));
        return run(root.resolve(project), command.toArray(String[]::new));
    }

    private String classPath(String project) throws IOException {
        return Files.readString(root.resolve(project).resolve("target/class-path"))
                .strip();
    }

    private static Outcome run(Path directory, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return new Outcome(-1, Files.readString(output) + "\nno end after " + MINUTES + " minutes");
        }
        return new Outcome(process.exitValue(), Files.readString(output));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: the build sets it, run mvn verify");
        }
        return value;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !from.relativize(file).startsWith("target"))
                    .forEach(file ->
                            copyFile(file, to.resolve(from.relativize(file).toString())));
        }
    }

    private static void copyFile(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.write(to, Files.readAllBytes(from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
