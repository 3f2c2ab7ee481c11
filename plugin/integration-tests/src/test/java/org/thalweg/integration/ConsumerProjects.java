package org.thalweg.integration;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thalweg.integration.ChildProcess.Outcome;

/** Projects of users, built by Maven against the installed jars, and run. */
final class ConsumerProjects {

    private static final Path SOURCES = Path.of("src/consumers");
    private static final Path TEMPLATE = Path.of("../../demo-training/template");
    private static final List<String> WITH_THE_LISTENERS_PROGRAM = List.of("logback-1.2", "logback-1.5", "spring-boot");

    private static @Nullable ConsumerProjects built;

    private final Path root;

    private ConsumerProjects(Path root) {
        this.root = root;
    }

    /**
     * Builds all projects in one go, once.
     *
     * @throws IllegalStateException with Maven's output, if one does not build
     */
    static synchronized ConsumerProjects built() throws IOException, InterruptedException {
        if (built == null) {
            built = build();
        }
        return built;
    }

    private static ConsumerProjects build() throws IOException, InterruptedException {
        Path root = Path.of("target/consumers").toAbsolutePath();
        FileTrees.copy(SOURCES, root);
        FileTrees.copy(TEMPLATE, root.resolve("template"));
        for (String name : WITH_THE_LISTENERS_PROGRAM) {
            FileTrees.copy(SOURCES.resolve("listener/src"), root.resolve(name).resolve("src"));
        }
        install();
        ConsumerProjects projects = new ConsumerProjects(root);
        Outcome outcome = projects.maven(
                ".",
                "-Dthalweg.version=" + BuildProperties.get("thalweg.version"),
                "-Ddl4j.version=" + BuildProperties.get("consumers.dl4j"),
                "-Dnd4j.classifier=" + BuildProperties.get("consumers.nd4j"),
                // The goals by themselves, in the versions that Thalweg's own build has fetched.
                BuildProperties.get("consumers.resources") + ":resources",
                BuildProperties.get("consumers.compiler") + ":compile",
                BuildProperties.get("consumers.dependency") + ":build-classpath",
                "-Dmdep.outputFile=target/class-path",
                "-Dmdep.includeScope=runtime");
        if (outcome.status() != 0) {
            throw new IllegalStateException("Maven ended with " + outcome.status() + ":\n" + outcome.output());
        }
        return projects;
    }

    /** Compiles a copy of the template as its user does, by Maven's lifecycle. */
    Outcome compileTemplate() throws IOException, InterruptedException {
        FileTrees.copy(TEMPLATE, root.resolve("copy-of-template"));
        return maven("copy-of-template", "compile");
    }

    /** Runs Maven in a project's directory, with this build's jars in its repository. */
    private Outcome maven(String project, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                BuildProperties.get("consumers.maven"),
                "--batch-mode",
                "--no-transfer-progress",
                "--global-settings",
                root.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + BuildProperties.get("consumers.repository"),
                "-Dconsumers.cache=" + BuildProperties.get("consumers.cache")));
        command.addAll(List.of(arguments));
        return ChildProcess.run(root.resolve(project), command.toArray(String[]::new));
    }

    /** Puts the jars of this build and their POMs where a local repository has them. */
    private static void install() throws IOException {
        installed("thalweg-parent", Path.of("../../pom.xml"), "pom");
        installed("thalweg-plugin", Path.of("../pom.xml"), "pom");
        installed("thalweg-bom", Path.of("../bom/pom.xml"), "pom");
        for (String module : List.of("frame", "core", "video", "viewer", "spark", "cli")) {
            String artifact = "thalweg-" + module;
            Path folder = Path.of("..", module);
            installed(artifact, folder.resolve("pom.xml"), "pom");
            String jar = artifact + "-" + BuildProperties.get("thalweg.version") + ".jar";
            installed(artifact, folder.resolve("target").resolve(jar), "jar");
        }
    }

    private static void installed(String artifact, Path file, String extension) throws IOException {
        String version = BuildProperties.get("thalweg.version");
        FileTrees.copy(
                file,
                Path.of(BuildProperties.get("consumers.repository"), "org/thalweg", artifact, version)
                        .resolve(artifact + "-" + version + "." + extension));
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
        return ChildProcess.run(root.resolve(project), command.toArray(String[]::new));
    }

    private String classPath(String project) throws IOException {
        return Files.readString(root.resolve(project).resolve("target/class-path"))
                .strip();
    }
}
