package org.thalweg.cuda;

/**
 * One kernel with its arguments, ready to be queued.
 *
 * @param kernel name in the module
 * @param gridX blocks in x, at least 1
 * @param gridY blocks in y, 1 to 65,535
 * @param gridZ blocks in z, 1 to 65,535
 * @param threads of a block
 * @param arguments the kernel's struct
 */
record Launch(String kernel, long gridX, long gridY, long gridZ, int threads, KernelArguments arguments) {

    static final int THREADS = 256;

    /** The largest number of blocks in y or z. */
    static final int MOST = 65_535;

    /** One thread for each of a number of elements. */
    static Launch elements(String kernel, long length, KernelArguments arguments) {
        return elements(kernel, length, 1, arguments);
    }

    /** One thread for each of a number of elements of each point. */
    static Launch elements(String kernel, long length, int points, KernelArguments arguments) {
        return new Launch(kernel, blocks(length, THREADS), 1, points, THREADS, arguments);
    }

    static long blocks(long length, long size) {
        return (length + size - 1) / size;
    }

    void on(CudaStream stream, KernelModule kernels) {
        int[] grid = {Math.toIntExact(gridX), Math.toIntExact(gridY), Math.toIntExact(gridZ)};
        stream.launch(kernels.kernel(kernel), grid, threads, arguments.pack());
    }
}
