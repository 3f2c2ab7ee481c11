package org.thalweg.recording;

import com.google.gson.Gson;
import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.frame.RunProvenance;

/** What {@code run.json} says of a run, in a file that stands by itself: the dataset {@code run} of its group /thalweg. */
final class ProvenanceEntry {

    /** The dataset. */
    static final String NAME = "run";

    private ProvenanceEntry() {}

    static void put(WritableGroup group, RunProvenance provenance) {
        group.putDataset(NAME, new Gson().toJson(RunDescription.json(provenance)));
    }

    static RunProvenance get(Path file, Group group) throws IOException {
        return RunDescription.readProvenance(file, Hdf5.data(group, NAME).toString());
    }
}
