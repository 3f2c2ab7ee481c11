package org.thalweg.objective.compiled;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.util.stream.Stream;

/**
 * A case with the spectrum of its Hessian, which {@code make_spectra.py} computes with PyTorch and SciPy.
 *
 * @param fixture network, data and weights
 * @param largest the algebraically largest eigenvalues, descending
 * @param smallest the algebraically smallest eigenvalues, descending
 * @param trace sum of all eigenvalues
 * @param squares sum of their squares
 */
record SpectrumFixture(Fixture fixture, double[] largest, double[] smallest, double trace, double squares) {

    private static final String FILE = "spectra";

    static Stream<SpectrumFixture> all() {
        try (HdfFile hdf = HdfFile.fromInputStream(SpectrumFixture.class.getResourceAsStream(FILE + ".h5"))) {
            return hdf.getChildren().values().stream().map(node -> of((Group) node)).toList().stream();
        }
    }

    private static SpectrumFixture of(Group group) {
        return new SpectrumFixture(
                Fixture.of(FILE, group),
                (double[]) group.getDatasetByPath("largest").getData(),
                (double[]) group.getDatasetByPath("smallest").getData(),
                (double) Fixture.attribute(group, "trace"),
                (double) Fixture.attribute(group, "squares"));
    }

    @Override
    public String toString() {
        return fixture.name();
    }
}
