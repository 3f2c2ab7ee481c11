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
        CudaDriver driver;
        try {
            driver = CudaDriver.load();
        } catch (CudaUnavailableException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        List<CudaDevice> devices = driver.devices();
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
        return new Gpu(driver, device);
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
