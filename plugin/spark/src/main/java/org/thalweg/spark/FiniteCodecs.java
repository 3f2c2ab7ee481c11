package org.thalweg.spark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Parquet's codecs with streams that end. If a page has fewer bytes than its header declares, some of these streams
 * return no bytes forever, and their readers keep asking for the rest.
 */
final class FiniteCodecs extends CodecFactory {

    FiniteCodecs(Configuration configuration) {
        super(configuration, 0);
    }

    @Override
    protected CompressionCodec getCodec(CompressionCodecName name) {
        CompressionCodec codec = super.getCodec(name);
        // Zstandard's streams end by themselves, and Parquet looks at the codec's class to close them.
        return codec == null || codec instanceof ZstandardCodec ? codec : new FiniteCodec(codec);
    }

    private record FiniteCodec(CompressionCodec codec) implements CompressionCodec {

        @Override
        public CompressionInputStream createInputStream(InputStream in) throws IOException {
            return new FiniteStream(codec.createInputStream(in));
        }

        @Override
        public CompressionInputStream createInputStream(InputStream in, Decompressor decompressor) throws IOException {
            return new FiniteStream(codec.createInputStream(in, decompressor));
        }

        @Override
        public Class<? extends Decompressor> getDecompressorType() {
            return codec.getDecompressorType();
        }

        @Override
        public Decompressor createDecompressor() {
            return codec.createDecompressor();
        }

        @Override
        public CompressionOutputStream createOutputStream(OutputStream out) throws IOException {
            return codec.createOutputStream(out);
        }

        @Override
        public CompressionOutputStream createOutputStream(OutputStream out, Compressor compressor) throws IOException {
            return codec.createOutputStream(out, compressor);
        }

        @Override
        public Class<? extends Compressor> getCompressorType() {
            return codec.getCompressorType();
        }

        @Override
        public Compressor createCompressor() {
            return codec.createCompressor();
        }

        @Override
        public String getDefaultExtension() {
            return codec.getDefaultExtension();
        }
    }

    private static final class FiniteStream extends CompressionInputStream {

        private final CompressionInputStream stream;

        FiniteStream(CompressionInputStream stream) throws IOException {
            super(stream);
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            return stream.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = stream.read(bytes, offset, length);
            if (read == 0 && length > 0) {
                throw new EOFException("a page has " + length + " bytes less than its header declares");
            }
            return read;
        }

        @Override
        public void resetState() throws IOException {
            stream.resetState();
        }
    }
}
