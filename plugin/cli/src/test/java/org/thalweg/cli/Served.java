package org.thalweg.cli;

import java.io.StringWriter;

/** Runs commands in this process; stops a server once it has started. */
final class Served {

    private Served() {}

    /** The exit code; 0 for a server that has started. */
    static int execute(Object[] words, StringWriter err) {
        if (!words[0].equals("serve")) {
            return InProcess.execute(new StringWriter(), err, words);
        }
        StringWriter out = new StringWriter();
        int[] code = new int[1];
        Thread serving = new Thread(() -> code[0] = InProcess.execute(out, err, words));
        serving.start();
        try {
            while (serving.isAlive() && out.toString().isEmpty()) {
                serving.join(10);
            }
            if (out.toString().isEmpty()) {
                return code[0];
            }
            serving.interrupt();
            serving.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        // Its message about the interruption is ignored.
        err.getBuffer().setLength(0);
        return 0;
    }
}
