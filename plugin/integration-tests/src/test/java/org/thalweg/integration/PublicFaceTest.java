package org.thalweg.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users call names nothing that they cannot: no type of an internal package, none that is not public. */
class PublicFaceTest {

    /** One type of each jar. */
    private static final List<String> TYPES = List.of(
            "org.thalweg.frame.Frame",
            "org.thalweg.listener.LandscapeListener",
            "org.thalweg.video.VideoSink",
            "org.thalweg.viewer.ViewerSink",
            "org.thalweg.cli.Thalweg",
            "org.thalweg.spark.SparkObjective");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrls(TYPES.stream().map(PublicFaceTest::whatHolds).toList());

    private static final Pattern DECLARATION = Pattern.compile(
            "^public (?:abstract |final |sealed |non-sealed )*(?:class|interface|record|enum|@interface) ");

    @Test
    void publicSignaturesNameOnlyWhatUsersCanName() {
        assertThat(offenders(CLASSES)).isEmpty();
        assertThat(CLASSES.stream().filter(PublicFaceTest::isForUsers).count()).isGreaterThan(100);
    }

    @Test
    void whatASignatureShouldNotNameIsFoundWhereverItStands() {
        String type = Leaks.class.getName() + ": ";
        String concealed = "org.thalweg.integration.internal.Concealed";
        assertThat(offenders(new ClassFileImporter().importPackagesOf(Leaks.class)))
                .containsExactlyInAnyOrder(
                        type + "is a " + concealed,
                        type + "field names " + concealed,
                        type + "<init> names " + concealed,
                        type + "result names " + concealed,
                        type + "throwing names " + Leaks.NotPublic.class.getName());
    }

    @Test
    void publicTypesSaySinceWhen() throws IOException {
        List<Path> without = new ArrayList<>();
        long found = 0;
        for (String module : List.of("frame", "core", "video", "viewer", "spark", "cli")) {
            Path sources = Path.of("..", module, "src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String text = Files.readString(file);
                    int declaration = declaration(text);
                    if (declaration >= 0
                            && !isInternal(sources.relativize(file).toString().replace('/', '.'))) {
                        found++;
                        if (!text.substring(0, declaration).contains("* @since ")) {
                            without.add(file);
                        }
                    }
                }
            }
        }
        assertThat(without).isEmpty();
        assertThat(found).isGreaterThan(100);
    }

    /** Where the declaration of a public type at the top begins, or -1. */
    private static int declaration(String source) {
        int at = 0;
        for (String line : source.split("\n", -1)) {
            if (DECLARATION.matcher(line).find()) {
                return at;
            }
            at += line.length() + 1;
        }
        return -1;
    }

    private static Set<String> offenders(JavaClasses classes) {
        Set<String> offenders = new TreeSet<>();
        for (JavaClass type : classes) {
            if (isForUsers(type)) {
                concealed(type).forEach(offender -> offenders.add(type.getName() + ": " + offender));
            }
        }
        return offenders;
    }

    private static Stream<String> concealed(JavaClass type) {
        Stream<String> supertypes = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .flatMap(parent -> parent.getAllInvolvedRawTypes().stream())
                .filter(parent -> isInternal(parent.getName()))
                .map(parent -> "is a " + parent.getName());
        Stream<String> members = type.getMembers().stream()
                .filter(member -> isForUsers(member, type))
                .flatMap(member -> types(member)
                        .flatMap(named -> named.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(named -> isThalwegs(named) && !isForUsers(named))
                        .map(named -> member.getName() + " names " + named.getName()));
        return Stream.concat(supertypes, members);
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.concat(
                Stream.of(unit.getReturnType()),
                Stream.concat(
                        unit.getParameterTypes().stream(),
                        unit.getThrowsClause().getTypes().stream().map(JavaType.class::cast)));
    }

    private static boolean isForUsers(JavaMember member, JavaClass type) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC)
                        || (modifiers.contains(JavaModifier.PROTECTED)
                                && !type.getModifiers().contains(JavaModifier.FINAL)));
    }

    private static boolean isForUsers(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !isInternal(type.getName())
                && type.getEnclosingClass().map(PublicFaceTest::isForUsers).orElse(true);
    }

    private static boolean isThalwegs(JavaClass type) {
        return type.getPackageName().startsWith("org.thalweg");
    }

    private static boolean isInternal(String name) {
        return name.startsWith("org.thalweg.") && name.contains(".internal.");
    }

    private static URL whatHolds(String type) {
        try {
            URL place = Class.forName(type, false, PublicFaceTest.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation();
            return place.getPath().endsWith(".jar")
                    ? URI.create("jar:" + place + "!/").toURL()
                    : place;
        } catch (ClassNotFoundException | IOException e) {
            throw new IllegalStateException(type, e);
        }
    }
}
