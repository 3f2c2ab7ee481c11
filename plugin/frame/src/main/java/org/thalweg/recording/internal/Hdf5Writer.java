package org.thalweg.recording.internal;

import io.jhdf.HdfFile;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.WritableGroupImpl;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Writes HDF5 files with jHDF's groups and datasets, without its {@link HdfFile#write}. That method logs a warning for
 * every file that writing is in alpha, which does not belong in the log of a training run, and it ends the file with a
 * marker at the position where the last dataset left the channel, which overwrites the header of a group that is
 * written later and has no dataset.
 */
public final class Hdf5Writer {

    private Hdf5Writer() {}

    /**
     * Writes a file.
     *
     * @param content fills the root group
     */
    public static void write(Path file, Consumer<WritableGroup> content) throws IOException {
        WritableGroup root = new WritableGroupImpl(null, "/");
        content.accept(root);
        SuperblockV2V3 superblock = new SuperblockV2V3();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            HdfFileChannel hdf5 = new HdfFileChannel(channel, superblock);
            root.write(hdf5, WritableHdfFile.ROOT_GROUP_ADDRESS);
            hdf5.write(superblock.toBuffer(channel.size()), 0);
        }
    }
}
