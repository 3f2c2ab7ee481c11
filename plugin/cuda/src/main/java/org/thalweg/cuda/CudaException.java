package org.thalweg.cuda;

import org.thalweg.objective.DeviceException;

/** A failed call of the CUDA driver. The message names the call, the driver's code with its meaning, and what to do. */
final class CudaException extends DeviceException {

    static final int OUT_OF_MEMORY = 2;
    static final int NO_DEVICE = 100;
    static final int NO_BINARY_FOR_GPU = 209;
    static final int INVALID_PTX = 218;
    static final int UNSUPPORTED_PTX_VERSION = 222;
    static final int ILLEGAL_ADDRESS = 700;
    static final int LAUNCH_TIMEOUT = 702;

    private static final long serialVersionUID = 1;

    private final String call;
    private final int code;

    CudaException(String call, int code, String meaning) {
        super(call + " failed: " + meaning + " (code " + code + "); " + advice(code), code == OUT_OF_MEMORY);
        this.call = call;
        this.code = code;
    }

    String call() {
        return call;
    }

    /** The driver's {@code CUresult}. */
    int code() {
        return code;
    }

    /** Whether the context is still usable; after a fault of a kernel every later call fails. */
    boolean contextSurvives() {
        return code < ILLEGAL_ADDRESS;
    }

    private static String advice(int code) {
        return switch (code) {
            case OUT_OF_MEMORY -> "free memory on the GPU or choose device cpu";
            case NO_DEVICE -> "the driver sees no GPU: check nvidia-smi and CUDA_VISIBLE_DEVICES";
            case NO_BINARY_FOR_GPU, INVALID_PTX, UNSUPPORTED_PTX_VERSION ->
                "the driver cannot compile the kernels: update it";
            case LAUNCH_TIMEOUT ->
                "the kernel ran into the display's time limit: choose a GPU without a display, or device cpu";
            default ->
                code >= ILLEGAL_ADDRESS
                        ? "the GPU is unusable for this process from now on: choose device cpu"
                        : "choose device cpu to go without the GPU";
        };
    }
}
