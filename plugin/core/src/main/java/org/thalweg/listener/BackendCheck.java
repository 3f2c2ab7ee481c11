package org.thalweg.listener;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Checks that ND4J can compute on this machine, and says in a sentence what is missing, instead of a native error.
 * {@link LandscapeListenerBuilder#build()} does this; other programs call it before they use ND4J.
 *
 * @since 0.2.0
 */
public final class BackendCheck {

    /**
     * The compute capabilities that {@code nd4j-cuda-11.6} 1.0.0-M2.1 has machine code for. It has no PTX that newer
     * devices could translate.
     */
    private static final int OLDEST = 37;

    private static final int NEWEST_MAJOR = 8;

    private BackendCheck() {}

    /**
     * Loads ND4J's backend, unless it is loaded already.
     *
     * @throws UnusableBackendException if no backend runs here, or there is no machine code for a GPU
     */
    public static void require() {
        try {
            if (Nd4j.getExecutioner().type() == ExecutionerType.CUDA) {
                requireMachineCode();
            }
        } catch (LinkageError e) {
            throw new UnusableBackendException(
                    "ND4J finds no backend that runs on this machine: add org.nd4j:nd4j-native for the CPU;"
                            + " org.nd4j:nd4j-cuda-11.6 needs an NVIDIA driver and the libraries of CUDA 11.6",
                    e);
        }
    }

    private static void requireMachineCode() {
        NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
        for (int device = 0; device < ops.getAvailableDevices(); device++) {
            requireMachineCode(ops.getDeviceName(device), ops.getDeviceMajor(device), ops.getDeviceMinor(device));
        }
    }

    /**
     * Checks that ND4J's kernels run on a GPU.
     *
     * @param name of the GPU
     * @param major compute capability before the point
     * @param minor compute capability after the point
     */
    static void requireMachineCode(String name, int major, int minor) {
        if (10 * major + minor < OLDEST || major > NEWEST_MAJOR) {
            throw new UnusableBackendException("ND4J's CUDA backend cannot run on " + name + ", compute capability "
                    + major + "." + minor
                    + ": it has machine code only for 3.7 to 8.6. Use org.nd4j:nd4j-native in its"
                    + " place, or hide the GPU with CUDA_VISIBLE_DEVICES=");
        }
    }
}
