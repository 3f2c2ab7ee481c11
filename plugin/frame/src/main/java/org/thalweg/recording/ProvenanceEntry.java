package org.thalweg.recording;

import com.google.gson.Gson;
import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.frame.RunProvenance;

/** The content of a {@code run.json} within an HDF5 file: the dataset {@code run} of its group {@code /thalweg}. */
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
