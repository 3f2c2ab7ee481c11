package org.thalweg.spark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * Checks the sizes that a Parquet file declares, in its footer and in the headers of its pages, against its length and
 * the memory of this process, before the library allocates memory for them.
 */
final class ParquetSizes {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /** Size of the footer's length and the magic bytes after it. */
    private static final int TAIL = Integer.BYTES + 4;

    private static final int LONGEST_FOOTER = 64 << 20;
    private static final int LONGEST_PAGE_HEADER = 64 << 10;

    private final InputFile file;
    private final HadoopReadOptions options;
    private final long length;
    /** Memory limit for a page and for all values. */
    private final long most;

    private ParquetSizes(InputFile file, HadoopReadOptions options, long most) throws IOException {
        this.file = file;
        this.options = options;
        this.length = file.getLength();
        this.most = most;
    }

    /**
     * Checks a file.
     *
     * @throws IOException if it declares more than it has, or more than this process can hold; the message does not
     *     name it
     */
    static void check(Path path, Configuration configuration) throws IOException {
        InputFile file = HadoopInputFile.fromPath(path, configuration);
        HadoopReadOptions options = (HadoopReadOptions)
                HadoopReadOptions.builder(configuration, path).build();
        new ParquetSizes(file, options, Runtime.getRuntime().maxMemory() / 2).check();
    }

    private void check() throws IOException {
        try (SeekableInputStream in = file.newStream()) {
            long dataEnd = checkFooter(in);
            List<BlockMetaData> groups;
            try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
                groups = reader.getRowGroups();
            }
            long values = 0;
            for (BlockMetaData group : groups) {
                requireWithin("rows of a row group", group.getRowCount(), Long.MAX_VALUE);
                for (ColumnChunkMetaData column : group.getColumns()) {
                    requireWithin("values of column " + column.getPath(), column.getValueCount(), most / Double.BYTES);
                    values += column.getValueCount();
                    requireWithin("values of all columns", values, most / Double.BYTES);
                    checkPages(in, column, dataEnd);
                }
            }
        }
    }

    /** Returns where the footer begins. */
    private long checkFooter(SeekableInputStream in) throws IOException {
        if (length < 2 * MAGIC.length + Integer.BYTES) {
            throw new IOException("it ends too early: it has " + length + " bytes");
        }
        byte[] begin = read(in, 0, MAGIC.length);
        ByteBuffer tail = ByteBuffer.wrap(read(in, length - TAIL, TAIL)).order(ByteOrder.LITTLE_ENDIAN);
        long footer = Integer.toUnsignedLong(tail.getInt());
        if (!Arrays.equals(begin, MAGIC) || !Arrays.equals(tail.array(), Integer.BYTES, TAIL, MAGIC, 0, MAGIC.length)) {
            throw new IOException("it must begin and end with PAR1");
        }
        long room = length - TAIL - MAGIC.length;
        requireWithin("bytes of footer", footer, Math.min(room, LONGEST_FOOTER));
        long start = length - TAIL - footer;
        CompactThrift.length(read(in, start, (int) footer), (int) footer);
        return start;
    }

    private void checkPages(SeekableInputStream in, ColumnChunkMetaData column, long dataEnd) throws IOException {
        String where = " of column " + column.getPath();
        long at = column.getStartingPos();
        requireWithin("as start" + where, at, dataEnd);
        requireWithin("bytes" + where, column.getTotalSize(), dataEnd - at);
        long end = at + column.getTotalSize();
        while (at < end) {
            byte[] bytes = read(in, at, (int) Math.min(LONGEST_PAGE_HEADER, end - at));
            int header = CompactThrift.length(bytes, bytes.length);
            PageHeader page = Util.readPageHeader(new ByteArrayInputStream(bytes, 0, header));
            at += header;
            requireWithin("bytes in a page" + where, page.getCompressed_page_size(), end - at);
            requireWithin("uncompressed bytes in a page" + where, page.getUncompressed_page_size(), most);
            if (page.isSetDictionary_page_header()) {
                // The library allocates an array of them; each takes at least a byte.
                requireWithin(
                        "values in a dictionary" + where,
                        page.getDictionary_page_header().getNum_values(),
                        page.getUncompressed_page_size());
            }
            at += page.getCompressed_page_size();
        }
    }

    private static void requireWithin(String what, long declared, long most) throws IOException {
        if (declared < 0 || declared > most) {
            throw new IOException("it declares " + declared + " " + what + ", but there can be " + most + " at most");
        }
    }

    private static byte[] read(SeekableInputStream in, long from, int count) throws IOException {
        byte[] bytes = new byte[count];
        in.seek(from);
        in.readFully(bytes);
        return bytes;
    }
}
