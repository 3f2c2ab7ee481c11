package org.thalweg.viewer;

import static org.thalweg.viewer.FrameJson.number;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.thalweg.frame.Frame;
import org.thalweg.topology.Hollow;
import org.thalweg.topology.MergeTree;

/** The deepest hollows of a frame's surface as JSON, for its bar code. */
final class HollowsJson {

    /** More bars than these are too thin to tell apart. */
    private static final int MOST = 24;

    private HollowsJson() {}

    static JsonArray of(Frame frame) {
        double[] alpha = frame.surface().alpha();
        double[] beta = frame.surface().beta();
        double noise = MergeTree.samplingNoise(frame);
        List<Hollow> hollows = MergeTree.of(frame.surface()).hollows();
        JsonArray array = new JsonArray();
        for (Hollow hollow : hollows.subList(0, Math.min(MOST, hollows.size()))) {
            JsonObject json = new JsonObject();
            json.addProperty("alpha", alpha[hollow.column()]);
            json.addProperty("beta", beta[hollow.row()]);
            json.add("birth", number(hollow.birth()));
            json.add("death", number(hollow.death()));
            json.addProperty("isOnRim", hollow.isOnRim());
            json.addProperty("isCertain", hollow.isDeeperThan(noise));
            array.add(json);
        }
        return array;
    }
}
