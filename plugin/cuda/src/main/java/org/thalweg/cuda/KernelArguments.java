package org.thalweg.cuda;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The single argument of a kernel, a C struct, written field by field in the order of its declaration. Fields are
 * aligned to their size, as by compilers for GPUs and CPUs.
 */
final class KernelArguments {

    private ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());

    KernelArguments integers(long... values) {
        for (long value : values) {
            align(Integer.BYTES).putInt(Math.toIntExact(value));
        }
        return this;
    }

    KernelArguments longs(long... values) {
        for (long value : values) {
            align(Long.BYTES).putLong(value);
        }
        return this;
    }

    /** Device addresses; 0 is null. */
    KernelArguments addresses(long... values) {
        return longs(values);
    }

    KernelArguments reals(double... values) {
        for (double value : values) {
            align(Double.BYTES).putDouble(value);
        }
        return this;
    }

    /**
     * Divisors that are constant within a launch: {@code by}, {@code factor} and {@code shift} of
     * {@code struct Divisor}.
     *
     * @param divisors each at least 1
     */
    KernelArguments divisors(long... divisors) {
        for (long divisor : divisors) {
            int shift = 64 - Long.numberOfLeadingZeros(divisor - 1);
            long factor = ((1L << 32) * ((1L << shift) - divisor)) / divisor + 1;
            align(Integer.BYTES).putInt(Math.toIntExact(divisor));
            align(Integer.BYTES).putInt((int) factor);
            align(Integer.BYTES).putInt(shift);
        }
        return this;
    }

    /** The argument of {@code cuLaunchKernel}: a pointer to the struct, followed by the struct. */
    Memory pack() {
        int length = bytes.position();
        Memory memory = new Memory(Long.BYTES + (length + Long.BYTES - 1L) / Long.BYTES * Long.BYTES);
        memory.clear();
        memory.setPointer(0, memory.share(Long.BYTES));
        memory.write(Long.BYTES, bytes.array(), 0, length);
        return memory;
    }

    private ByteBuffer align(int size) {
        int start = (bytes.position() + size - 1) / size * size;
        if (start + size > bytes.capacity()) {
            ByteBuffer larger = ByteBuffer.allocate(2 * bytes.capacity()).order(ByteOrder.nativeOrder());
            bytes.flip();
            larger.put(bytes);
            bytes = larger;
        }
        return bytes.position(start);
    }
}
