package org.thalweg.video.internal.encode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.thalweg.recording.internal.AtomicFile;

/** MP4 with H.264 by openh264, WebM with VP9 by libvpx, through ffmpeg's own libraries. Not thread-safe. */
final class FfmpegEncoder implements FilmEncoder {

    /** Bits per pixel at quality 75: 8 Mbit/s for 1080p at 30 pictures per second. */
    private static final double BITS_PER_PIXEL = 0.13;

    private final Path path;
    private final Path part;
    private final AVFormatContext container;
    private final AVCodecContext codec;
    private final AVStream stream;
    private final AVPacket packet;
    private final ColorConverter converter;
    private long next;

    private FfmpegEncoder(
            Path path,
            Path part,
            AVFormatContext container,
            AVCodecContext codec,
            AVStream stream,
            ColorConverter converter) {
        this.path = path;
        this.part = part;
        this.container = container;
        this.codec = codec;
        this.stream = stream;
        this.packet = av_packet_alloc();
        this.converter = converter;
    }

    static FfmpegEncoder open(Path path, FilmFormat.Shape shape, FilmFormat format) throws IOException {
        if (shape.width() % 2 != 0 || shape.height() % 2 != 0) {
            throw new IllegalArgumentException(
                    format + " needs an even width and height, got " + shape.width() + "x" + shape.height());
        }
        try {
            av_log_set_level(AV_LOG_ERROR);
        } catch (LinkageError e) {
            throw new MissingNativesException(format, e);
        }
        boolean mp4 = format == FilmFormat.MP4;
        AVFormatContext container = new AVFormatContext(null);
        Path part = AtomicFile.part(path);
        check(path, avformat_alloc_output_context2(container, null, mp4 ? "mp4" : "webm", part.toString()));
        String name = mp4 ? "libopenh264" : "libvpx-vp9";
        AVCodec encoder = avcodec_find_encoder_by_name(name);
        if (encoder == null) {
            throw new IOException("cannot write " + path + ": this ffmpeg was built without " + name
                    + ", choose a name that ends in .gif or " + (mp4 ? ".webm" : ".mp4"));
        }
        AVStream stream = avformat_new_stream(container, null);
        AVCodecContext codec = avcodec_alloc_context3(encoder);
        describe(codec, shape, format);
        if ((container.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
            codec.flags(codec.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        FfmpegEncoder film = new FfmpegEncoder(path, part, container, codec, stream, new ColorConverter(shape));
        try {
            film.start(encoder, format);
        } catch (IOException | RuntimeException e) {
            film.close();
            throw e;
        }
        return film;
    }

    private static void describe(AVCodecContext codec, FilmFormat.Shape shape, FilmFormat format) {
        int rate = shape.framesPerSecond();
        codec.width(shape.width());
        codec.height(shape.height());
        codec.pix_fmt(AV_PIX_FMT_YUV420P);
        codec.time_base(rational(1, rate));
        codec.framerate(rational(rate, 1));
        codec.gop_size(2 * rate);
        codec.color_range(AVCOL_RANGE_MPEG);
        codec.colorspace(AVCOL_SPC_BT709);
        codec.color_primaries(AVCOL_PRI_BT709);
        codec.color_trc(AVCOL_TRC_BT709);
        // Twice the bits for every 15 steps of quality; VP9 needs about half as many.
        double share = Math.pow(2, (shape.quality() - 75) / 15.0) * (format == FilmFormat.MP4 ? 1 : 0.5);
        double rated = BITS_PER_PIXEL * share * shape.width() * shape.height() * Math.min(60, Math.max(12, rate));
        codec.bit_rate(Math.max(100_000L, (long) rated));
    }

    private void start(AVCodec encoder, FilmFormat format) throws IOException {
        AVDictionary options = new AVDictionary(null);
        if (format == FilmFormat.MP4) {
            av_dict_set(options, "allow_skip_frames", "0", 0);
            av_dict_set(options, "profile", "high", 0);
        } else {
            av_dict_set(options, "deadline", "realtime", 0);
            av_dict_set(options, "cpu-used", "6", 0);
            av_dict_set(options, "row-mt", "1", 0);
            codec.thread_count(Runtime.getRuntime().availableProcessors());
        }
        check(path, avcodec_open2(codec, encoder, options));
        av_dict_free(options);
        check(path, avcodec_parameters_from_context(stream.codecpar(), codec));
        stream.time_base(codec.time_base());
        AVIOContext file = new AVIOContext(null);
        check(path, avio_open(file, part.toString(), AVIO_FLAG_WRITE));
        container.pb(file);
        AVDictionary layout = new AVDictionary(null);
        if (format == FilmFormat.MP4) {
            // With the index at the start, browsers begin to play before they have the whole file.
            av_dict_set(layout, "movflags", "+faststart", 0);
        }
        check(path, avformat_write_header(container, layout));
        av_dict_free(layout);
    }

    @Override
    public void add(int[] pixels) throws IOException {
        AVFrame frame = converter.convert(pixels);
        frame.pts(next++);
        check(path, avcodec_send_frame(codec, frame));
        drain();
    }

    private void drain() throws IOException {
        while (true) {
            int result = avcodec_receive_packet(codec, packet);
            if (result == AVERROR_EAGAIN() || result == AVERROR_EOF()) {
                return;
            }
            check(path, result);
            // Without this the last picture has no duration.
            packet.duration(1);
            av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
            packet.stream_index(stream.index());
            check(path, av_interleaved_write_frame(container, packet));
        }
    }

    @Override
    public void finish() throws IOException {
        check(path, avcodec_send_frame(codec, null));
        drain();
        check(path, av_write_trailer(container));
        avio_closep(container.pb());
        container.pb(null);
        AtomicFile.publish(part, path);
    }

    @Override
    public void close() throws IOException {
        if (container.isNull()) {
            return;
        }
        converter.close();
        av_packet_free(packet);
        avcodec_free_context(codec);
        if (container.pb() != null) {
            avio_closep(container.pb());
        }
        avformat_free_context(container);
        container.setNull();
        AtomicFile.discard(part);
    }

    private static AVRational rational(int numerator, int denominator) {
        return new AVRational().num(numerator).den(denominator);
    }

    private static void check(Path path, int result) throws IOException {
        if (result < 0) {
            byte[] text = new byte[256];
            av_strerror(result, text, text.length);
            String reason = new String(text, StandardCharsets.UTF_8).trim().replace("\0", "");
            throw new IOException("cannot write " + path + ": " + reason);
        }
    }
}
