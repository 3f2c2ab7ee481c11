package org.thalweg;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.frame.Frame;
import org.thalweg.objective.Objective;

/** Which package may import which: the table that keeps the house in order. */
class ArchitectureTest {

    private static final JavaClasses CORE =
            new ClassFileImporter().importUrls(List.of(whatHolds(Frame.class), whatHolds(Objective.class)));

    /** Package, and the other packages of core that it may import, with their subpackages. */
    @ParameterizedTest
    @CsvSource({
        "internal,",
        "objective, krylov internal",
        "objective.internal, krylov objective",
        "objective.compiled, krylov objective objective.internal internal",
        "objective.network, krylov objective objective.internal",
        "objective.setup, krylov objective objective.compiled objective.network",
        "krylov,",
        "curvature, objective krylov frame",
        "direction, objective krylov",
        "surface, objective direction curvature frame",
        "frame,",
        "analysis, objective krylov direction surface curvature frame topology",
        "recording, frame",
        "data, objective direction analysis frame recording recording.internal terminal.internal",
        "metrics, frame",
        "topology, frame",
        "finding, frame topology"
    })
    void packagesImportWhatTheTableAllows(String of, String allowed) {
        String[] others = allowed == null ? new String[0] : allowed.split(" ");
        String[] packages = Stream.concat(
                        Stream.of(within(of)), Arrays.stream(others).map(ArchitectureTest::named))
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(within(of))
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(resideIn("org.thalweg..")).or(resideIn(packages)))
                .check(CORE);
    }

    @Test
    void onlyObjectiveListenerAndDataKnowDeeplearning4j() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.thalweg.objective..", "org.thalweg.listener..", "org.thalweg.data..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.deeplearning4j..")
                .check(CORE);
    }

    @Test
    void framesRecordingsAndMetersNeedNoBackend() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        within("frame"), within("recording"), within("metrics"), within("finding"), within("topology"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco..", "org.deeplearning4j..")
                .check(CORE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("org.thalweg.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CORE.stream().map(JavaClass::getPackageName).distinct())
                .as("packages found")
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(
                                CORE.getPackage(name).getPackageInfo().isAnnotatedWith(NullMarked.class))
                        .as(name)
                        .isTrue());
        assertThat(CORE.size()).as("classes found").isGreaterThan(50);
    }

    @Test
    void layersOfUsersAreWrittenWithoutInternalsAndArrays() {
        noClasses()
                .that()
                .resideInAPackage("org.thalweg.objective.compiled.spi")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.thalweg..internal..", "org.nd4j.linalg.api..", "org.nd4j.linalg.factory..")
                .check(CORE);
    }

    @Test
    void theMathematicsOfLayersKnowsNoDeeplearning4j() {
        noClasses()
                .that()
                .resideInAPackage("org.thalweg.objective.compiled.internal.kernel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
                .check(CORE);
    }

    /** Two such names are one file where file systems ignore case. */
    @Test
    void noTwoNamesDifferInCaseAlone() {
        assertThat(CORE.stream().map(type -> type.getName().toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
    }

    /** The jar or folder with a class, and no tests. */
    private static URL whatHolds(Class<?> type) {
        URL place = type.getProtectionDomain().getCodeSource().getLocation();
        try {
            return place.getPath().endsWith(".jar") ? new URL("jar:" + place + "!/") : place;
        } catch (MalformedURLException e) {
            throw new IllegalStateException(place.toString(), e);
        }
    }

    /** Every package but {@code objective} holds for its subpackages too; objective's are rows of their own. */
    private static String within(String name) {
        return name.equals("objective") ? "org.thalweg.objective" : "org.thalweg." + name + "..";
    }

    private static String named(String name) {
        return "org.thalweg." + name;
    }

    private static DescribedPredicate<JavaClass> resideIn(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }
}
