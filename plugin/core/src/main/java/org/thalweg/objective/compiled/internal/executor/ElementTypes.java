package org.thalweg.objective.compiled.internal.executor;

import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.objective.compiled.spi.ElementType;

/** The types of tensors as those of ND4J's arrays. */
public final class ElementTypes {

    private ElementTypes() {}

    /** The type of arrays that hold such elements. */
    public static DataType dataType(ElementType type) {
        return switch (type) {
            case FLOAT -> DataType.FLOAT;
            case DOUBLE -> DataType.DOUBLE;
            case INT -> DataType.INT32;
        };
    }

    /**
     * The type of the elements of an array.
     *
     * @throws IllegalArgumentException if tapes have no such type
     */
    public static ElementType of(DataType type) {
        return switch (type) {
            case FLOAT -> ElementType.FLOAT;
            case DOUBLE -> ElementType.DOUBLE;
            case INT -> ElementType.INT;
            default -> throw new IllegalArgumentException("tapes have the types FLOAT, DOUBLE and INT, got " + type);
        };
    }
}
