package org.thalweg.listener;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The memory of the C library. What is freed there stays with the process until it is asked for, so a process that has
 * had many threads and large arrays seems far larger than it is: of 8 GB that a VGG of 27 million parameters had after some
 * frames, 5.6 were free.
 */
final class NativeHeap {

    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    /** Known to HotSpot on Linux, from 17.0.9 on. */
    private static final String TRIM = "systemTrimNativeHeap";

    /** Freed by threads of their own once the collector has found them. */
    private static final long DEALLOCATION_MILLIS = 100;

    private NativeHeap() {}

    /**
     * Frees arrays that nobody holds, and returns to the operating system what is free. Takes up to a second a gigabyte.
     *
     * @return whether this JVM can return what is free
     */
    static boolean trim() {
        System.gc();
        try {
            Thread.sleep(DEALLOCATION_MILLIS);
        } catch (InterruptedException e) {
            // Training's own business: it hears of it, and what is free by now is returned.
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
