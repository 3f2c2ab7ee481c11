package org.thalweg.cuda;

import java.util.List;
import java.util.OptionalInt;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice;
import org.thalweg.objective.compiled.internal.executor.ExecutorProvider;

/** The GPUs that the driver sees. */
public final class CudaProvider implements ExecutorProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public CudaProvider() {}

    @Override
    public String kind() {
        return "cuda";
    }

    @Override
    public ComputeDevice device(OptionalInt number) {
        CudaDriver driver = driver();
        return new Gpu(driver, chosen(driver.devices(), number));
    }

    /** Other models may have less memory or take longer, and the slowest one would determine the time. */
    @Override
    public List<ComputeDevice> devices(OptionalInt number) {
        CudaDriver driver = driver();
        List<CudaDevice> devices = driver.devices();
        CudaDevice first = chosen(devices, number);
        return devices.stream()
                .filter(device -> number.isPresent() ? device.equals(first) : device.isLike(first))
                .<ComputeDevice>map(device -> new Gpu(driver, device))
                .toList();
    }

    private static CudaDriver driver() {
        try {
            return CudaDriver.load();
        } catch (CudaUnavailableException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static CudaDevice chosen(List<CudaDevice> devices, OptionalInt number) {
        CudaDevice device = devices.stream()
                .filter(found -> number.isPresent() ? found.ordinal() == number.getAsInt() : found.supported())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        (number.isPresent() ? "there is no device cuda:" + number.getAsInt() : "there is no usable GPU")
                                + "; the driver sees "
                                + (devices.isEmpty() ? "none: check nvidia-smi and CUDA_VISIBLE_DEVICES" : devices)));
        if (!device.supported()) {
            throw new IllegalArgumentException(
                    "device " + device + " is older than compute capability 6.0: choose another one, or device cpu");
        }
        return device;
    }

    /** A GPU that may be opened. */
    private record Gpu(CudaDriver driver, CudaDevice device) implements ComputeDevice {

        /** The largest share of the free memory to take; training on the same GPU needs the rest. */
        private static final double SHARE = 0.8;

        @Override
        public String describe() {
            return device + ", driver " + driver.version();
        }

        @Override
        public DeviceExecutor open() {
            CudaContext context = CudaContext.open(device);
            long free;
            try (CudaContext.Scope scope = context.enter()) {
                free = CudaContext.freeBytes();
            } catch (CudaException e) {
                context.close();
                throw e;
            }
            return new CudaExecutor(context, (long) (SHARE * free));
        }
    }
}
