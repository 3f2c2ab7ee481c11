package org.thalweg.listener;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The C library's memory. Freed memory stays with the process until the process returns it, so a process that has had
 * many threads and large arrays seems far larger than it is: of the 8 GB of a process with a VGG of 27 million
 * parameters, 5.6 were free after some frames.
 */
final class NativeHeap {

    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    /** HotSpot on Linux supports this since 17.0.9. */
    private static final String TRIM = "systemTrimNativeHeap";

    /** Time for the deallocation threads to free the arrays that the collector has found. */
    private static final long DEALLOCATION_MILLIS = 100;

    private NativeHeap() {}

    /**
     * Frees unreachable arrays and returns free memory to the operating system. Takes up to a second per gigabyte.
     *
     * @return whether this JVM can return free memory
     */
    static boolean trim() {
        System.gc();
        try {
            Thread.sleep(DEALLOCATION_MILLIS);
        } catch (InterruptedException e) {
            // The interrupt is meant for training, which still sees it; the memory that is free by now is returned.
            Thread.currentThread().interrupt();
        }
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(COMMANDS), TRIM, new Object[0], new String[0]);
            return true;
        } catch (JMException e) {
            return false;
        }
    }
}
