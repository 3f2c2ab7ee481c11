package org.thalweg.listener;

import org.nd4j.linalg.cpu.nativecpu.CpuAffinityManager;

/** The processor posing as two devices. As on a machine with two GPUs, threads are given one without having asked. */
public final class TwoDevices extends CpuAffinityManager {

    /** Where a thread is unless it was put elsewhere. */
    static final int GIVEN = 1;

    private final ThreadLocal<Integer> devices = ThreadLocal.withInitial(() -> GIVEN);

    @Override
    public Integer getDeviceForCurrentThread() {
        return devices.get();
    }

    @Override
    public int getNumberOfDevices() {
        return 2;
    }

    @Override
    public void unsafeSetDevice(Integer device) {
        devices.set(device);
    }
}
