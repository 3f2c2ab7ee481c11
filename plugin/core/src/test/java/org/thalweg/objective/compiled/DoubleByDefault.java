package org.thalweg.objective.compiled;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Lets arrays be DOUBLE by default during a test: Deeplearning4j has some of its arrays of that type in any network. */
final class DoubleByDefault implements BeforeEachCallback, AfterEachCallback {

    private DataType before = DataType.FLOAT;

    @Override
    public void beforeEach(ExtensionContext context) {
        before = Nd4j.defaultFloatingPointType();
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Nd4j.setDefaultDataTypes(before, before);
    }
}
