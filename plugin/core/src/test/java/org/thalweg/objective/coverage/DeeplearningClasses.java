package org.thalweg.objective.coverage;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;

/** The concrete classes of a type in Deeplearning4j's and ND4J's jars, so that a table of them forgets none. */
final class DeeplearningClasses {

    private static final List<Class<?>> ONE_OF_EACH_JAR = List.of(Layer.class, IActivation.class);

    private static final List<String> PACKAGES =
            List.of("org/deeplearning4j/nn/", "org/nd4j/linalg/activations/", "org/nd4j/linalg/lossfunctions/");

    private DeeplearningClasses() {}

    /** Those that a network can have in it: neither abstract nor an interface. */
    static List<Class<?>> of(Class<?> type) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> source : ONE_OF_EACH_JAR) {
            candidates(jar(source)).stream()
                    .map(DeeplearningClasses::load)
                    .filter(type::isAssignableFrom)
                    .filter(each -> !Modifier.isAbstract(each.getModifiers()))
                    .forEach(found::add);
        }
        return found;
    }

    private static Path jar(Class<?> source) {
        try {
            return Path.of(
                    source.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(source + " comes from no file", e);
        }
    }

    private static List<String> candidates(Path jar) {
        try (JarFile file = new JarFile(jar.toFile());
                Stream<String> names = file.stream().map(ZipEntry::getName)) {
            return names.filter(name -> name.endsWith(".class"))
                    .filter(name -> PACKAGES.stream().anyMatch(name::startsWith))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(jar + " cannot be read", e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, DeeplearningClasses.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is not on the class path", e);
        }
    }
}
