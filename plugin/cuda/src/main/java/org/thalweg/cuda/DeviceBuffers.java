package org.thalweg.cuda;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.Tensor;

/** The addresses of buffers in device memory. The context must be current. Confined to one thread at a time. */
final class DeviceBuffers implements AutoCloseable {

    private final DeviceMemory memory;
    private final IdentityHashMap<Buffer, Long> blocks = new IdentityHashMap<>();
    private List<Long> scratches = new ArrayList<>();

    DeviceBuffers(DeviceMemory memory) {
        this.memory = memory;
    }

    /** The device address of a tensor's first element; allocates its buffer if necessary. */
    long address(Tensor tensor) {
        long block = blocks.computeIfAbsent(tensor.buffer(), buffer -> memory.take(buffer.bytes()));
        return block + tensor.offset() * tensor.type().bytes();
    }

    /** Memory for the tape being bound. */
    long scratch(long bytes) {
        long block = memory.take(bytes);
        scratches.add(block);
        return block;
    }

    /** The scratch memory taken since the last call, which the caller returns. */
    List<Long> takeScratches() {
        List<Long> taken = scratches;
        scratches = new ArrayList<>();
        return taken;
    }

    void giveBack(List<Long> taken) {
        taken.forEach(memory::giveBack);
    }

    void free(Collection<Buffer> buffers) {
        for (Buffer buffer : buffers) {
            Long block = blocks.remove(buffer);
            if (block != null) {
                memory.giveBack(block);
            }
        }
    }

    @Override
    public void close() {
        free(List.copyOf(blocks.keySet()));
        giveBack(takeScratches());
    }
}
