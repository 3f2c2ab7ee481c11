package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.testing.Fuzzing;
import org.thalweg.testing.Seeds;

/** Damaged Parquet files, and files that declare more than they have. */
@Timeout(7200)
class FuzzedParquetTest {

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
        message example {
          required group features (LIST) { repeated group list { required double element; } }
          required int32 label;
        }
        """);

    private final long seed = Seeds.fresh("FuzzedParquetTest");
    private final Random random = new Random(seed);
    private final Configuration configuration = new Configuration();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("examples.parquet");
        // A checksum in a file next to it would find every change before Parquet's reader sees it.
        configuration.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
        configuration.setBoolean("fs.file.impl.disable.cache", true);
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionCodecName.class,
            names = {"UNCOMPRESSED", "SNAPPY", "GZIP"})
    void examples(CompressionCodecName codec) throws IOException {
        write(codec);
        new Fuzzing(file, seed).survives(this::read);
    }

    private ParquetFile read() throws IOException {
        return ParquetFile.read(List.of(new org.apache.hadoop.fs.Path(file.toUri())), configuration);
    }

    private void write(CompressionCodecName codec) throws IOException {
        SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withType(SCHEMA)
                .withConf(configuration)
                .withCompressionCodec(codec)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .build()) {
            for (int i = 0; i < 20; i++) {
                Group row = groups.newGroup();
                Group features = row.addGroup("features");
                for (int j = 0; j < 3; j++) {
                    // Few values, so that there is a dictionary.
                    features.addGroup("list").append("element", (double) random.nextInt(4));
                }
                writer.write(row.append("label", random.nextInt(3)));
            }
        }
    }

    /** Changes what a footer says. */
    @FunctionalInterface
    private interface Change {
        void to(FileMetaData footer, ColumnMetaData features);
    }

    @Test
    void sizesInTheFooterAreNotBelieved() throws IOException {
        declared((footer, features) -> features.setTotal_compressed_size(1L << 40), "1099511627776 bytes of column");
        declared((footer, features) -> features.setTotal_compressed_size(-1), "-1 bytes of column");
        declared((footer, features) -> features.setNum_values(1L << 50), "1125899906842624 values of column");
        declared((footer, features) -> features.setDictionary_page_offset(0).setData_page_offset(1L << 40), "as start");
        declared((footer, features) -> footer.getRow_groups().get(0).setNum_rows(-1), "-1 rows of a row group");
    }

    private void declared(Change change, String message) throws IOException {
        write(CompressionCodecName.UNCOMPRESSED);
        byte[] whole = Files.readAllBytes(file);
        int length = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
        int start = whole.length - 8 - length;
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(whole, start, length));
        change.to(footer, footer.getRow_groups().get(0).getColumns().get(0).getMeta_data());
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, changed);
        write(Arrays.copyOf(whole, start), changed.toByteArray());
        refused(message);
    }

    private void write(byte[] data, byte[] footer) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(data.length + footer.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(data).put(footer).putInt(footer.length).put("PAR1".getBytes(StandardCharsets.US_ASCII));
        Files.write(file, bytes.array());
    }

    private void refused(String message) {
        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(new org.apache.hadoop.fs.Path(file.toUri()) + " cannot be read: it declares ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aListThatIsLongerThanTheFooterIsRefused() throws IOException {
        write(CompressionCodecName.UNCOMPRESSED);
        // Field 2, the schema: a list of 2^31 - 1 structures.
        byte[] footer = {0x15, 0x02, 0x19, (byte) 0xfc, -1, -1, -1, -1, 0x07, 0x00};
        write("PAR1".getBytes(StandardCharsets.US_ASCII), footer);
        refused("2147483647 elements or bytes where 1 follow");
        write("PAR1".getBytes(StandardCharsets.US_ASCII), new byte[0]);
        refused("1 elements or bytes where 0 follow");
    }

    @Test
    void sizesInPageHeadersAreNotBelieved() throws IOException {
        page(new PageHeader(PageType.DATA_PAGE, 1 << 20, 1 << 30), "1073741824 bytes in a page of column");
        page(new PageHeader(PageType.DATA_PAGE, Integer.MIN_VALUE, 0), "uncompressed bytes in a page of column");
        page(
                new PageHeader(PageType.DICTIONARY_PAGE, 8, 0)
                        .setDictionary_page_header(new DictionaryPageHeader(Integer.MAX_VALUE, Encoding.PLAIN)),
                "2147483647 values in a dictionary of column");
    }

    @Test
    void aPageOfFewerBytesThanItsHeaderDeclaresIsRefused() throws IOException {
        write(CompressionCodecName.SNAPPY);
        byte[] whole = Files.readAllBytes(file);
        // The first page comes right after the magic bytes.
        ByteArrayInputStream in = new ByteArrayInputStream(whole, 4, whole.length - 4);
        PageHeader page = Util.readPageHeader(in);
        int room = whole.length - 4 - in.available();
        int bytes = page.getUncompressed_page_size();
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        // It takes as many bytes in the header as the size before.
        Util.writePageHeader(page.setUncompressed_page_size(60), changed);
        assertThat(changed.size()).isEqualTo(room);
        System.arraycopy(changed.toByteArray(), 0, whole, 4, room);
        Files.write(file, whole);
        assertThatThrownBy(this::read)
                .hasMessage(new org.apache.hadoop.fs.Path(file.toUri()) + " cannot be read: a page has " + (60 - bytes)
                        + " bytes less than its header declares");
    }

    /** A file whose first column is one page. */
    private void page(PageHeader page, String message) throws IOException {
        write(CompressionCodecName.UNCOMPRESSED);
        byte[] whole = Files.readAllBytes(file);
        int length = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(whole, whole.length - 8 - length, length));
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write("PAR1".getBytes(StandardCharsets.US_ASCII));
        Util.writePageHeader(page, data);
        ColumnMetaData features =
                footer.getRow_groups().get(0).getColumns().get(0).getMeta_data();
        features.setCodec(CompressionCodec.UNCOMPRESSED)
                .setData_page_offset(4)
                .setTotal_compressed_size(data.size() - 4L)
                .unsetDictionary_page_offset();
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, changed);
        write(data.toByteArray(), changed.toByteArray());
        refused(message);
    }
}
