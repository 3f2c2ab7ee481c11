package example;

import java.util.TreeMap;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;

/** A receiver of frames: prints what the classes of this project have put into them. */
public final class PrintingSink implements FrameSink {

    @Override
    public void frame(Frame frame) {
        System.out.println("frame " + frame.iteration() + " objective " + frame.objective() + " curvature "
                + frame.curvature().method() + " quantities " + new TreeMap<>(frame.quantities()) + " estimates "
                + frame.curvature().estimateNumbers() + " corner " + frame.surface().loss()[0][0]);
    }
}
