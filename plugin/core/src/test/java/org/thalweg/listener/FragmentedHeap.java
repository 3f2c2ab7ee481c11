package org.thalweg.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Leaves much free memory with the C library, and prints the megabytes of the process before and after it is trimmed. */
final class FragmentedHeap {

    /** As small as blocks are that the C library keeps, and as many as to matter. */
    private static final int BLOCK = 64 << 10;

    private static final int BLOCKS = 4096;

    static final long FREED_MEGABYTES = ((long) BLOCK * BLOCKS) >> 20;

    private FragmentedHeap() {}

    public static void main(String[] arguments) {
        List<BytePointer> blocks = new ArrayList<>();
        List<BytePointer> between = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            BytePointer block = new BytePointer(BLOCK);
            Pointer.memset(block, 1, BLOCK);
            blocks.add(block);
            between.add(new BytePointer(64));
        }
        blocks.forEach(BytePointer::deallocate);
        long before = Pointer.physicalBytes();
        if (!NativeHeap.trim()) {
            throw new IllegalStateException("this JVM cannot trim the heap of the C library");
        }
        System.out.printf(Locale.ROOT, "MB %d %d%n", before >> 20, Pointer.physicalBytes() >> 20);
        between.forEach(BytePointer::deallocate);
    }
}
