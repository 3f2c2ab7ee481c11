package org.thalweg.objective.compiled.spi;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Ops on fixed arrays, recorded once and run in order as often as wanted. Confined to one thread at a time. */
public final class Tape implements AutoCloseable {

    private final List<Instruction> instructions = new ArrayList<>();

    /** Begins the recording of an ND4J custom op; {@link Recording#into} ends it. */
    public Recording op(String name) {
        return new Recording(name);
    }

    /** Records anything else; at run time it should not allocate where a grid point passes. */
    public void add(Instruction instruction) {
        instructions.add(instruction);
    }

    /** Runs everything recorded, in order. */
    public void run() {
        for (Instruction instruction : instructions) {
            instruction.run();
        }
    }

    @Override
    public void close() {
        instructions.forEach(Instruction::close);
        instructions.clear();
    }

    /** An op whose arguments are being given. */
    public final class Recording {
        private final String name;
        private INDArray[] inputs = {};
        private double[] reals = {};
        private long[] integers = {};
        private boolean[] flags = {};

        private Recording(String name) {
            this.name = name;
        }

        public Recording of(INDArray... inputs) {
            this.inputs = inputs;
            return this;
        }

        public Recording reals(double... reals) {
            this.reals = reals;
            return this;
        }

        public Recording integers(long... integers) {
            this.integers = integers;
            return this;
        }

        public Recording flags(boolean... flags) {
            this.flags = flags;
            return this;
        }

        /** Puts the op on the tape. */
        public void into(INDArray... outputs) {
            instructions.add(new Call(name, inputs, outputs, reals, integers, flags));
        }
    }
}
