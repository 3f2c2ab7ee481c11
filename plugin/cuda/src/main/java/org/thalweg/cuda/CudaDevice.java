package org.thalweg.cuda;

import java.util.Locale;

/**
 * A GPU.
 *
 * @param ordinal number among the devices that the driver sees
 * @param handle the driver's {@code CUdevice}
 * @param name product name
 * @param major compute capability before the point
 * @param minor compute capability after the point
 * @param multiprocessors number of multiprocessors
 * @param bytes total memory
 */
record CudaDevice(int ordinal, int handle, String name, int major, int minor, int multiprocessors, long bytes) {

    /** Pascal: the oldest capability that the kernels' PTX supports. */
    private static final int OLDEST_MAJOR = 6;

    boolean supported() {
        return major >= OLDEST_MAJOR;
    }

    /** Whether another device is of the same model. */
    boolean isLike(CudaDevice other) {
        return name.equals(other.name) && major == other.major && minor == other.minor && bytes == other.bytes;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "cuda:%d %s (compute capability %d.%d, %d MiB)", ordinal, name, major, minor, bytes >> 20);
    }
}
