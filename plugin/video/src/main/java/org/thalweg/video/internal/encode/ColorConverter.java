package org.thalweg.video.internal.encode;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR0;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** RGB to the limited-range BT.709 4:2:0 that high-definition video uses. Not thread-safe. */
final class ColorConverter implements AutoCloseable {

    private final int height;
    private final SwsContext scaler;
    private final AVFrame frame;
    private final IntPointer rgb;
    private final PointerPointer<Pointer> source;
    private final IntPointer stride;

    ColorConverter(FilmFormat.Shape shape) {
        int width = shape.width();
        height = shape.height();
        scaler = sws_getContext(
                width,
                height,
                AV_PIX_FMT_BGR0,
                width,
                height,
                AV_PIX_FMT_YUV420P,
                SWS_AREA | SWS_ACCURATE_RND,
                null,
                null,
                (DoublePointer) null);
        IntPointer bt709 = sws_getCoefficients(SWS_CS_ITU709);
        int one = 1 << 16;
        sws_setColorspaceDetails(scaler, bt709, 1, bt709, 0, 0, one, one);
        frame = av_frame_alloc();
        frame.format(AV_PIX_FMT_YUV420P);
        frame.width(width);
        frame.height(height);
        av_frame_get_buffer(frame, 0);
        rgb = new IntPointer((long) width * height);
        // swscale reads the addresses of four planes whether or not they are used.
        source = new PointerPointer<>(4);
        source.put(0, rgb).put(1, (Pointer) null).put(2, (Pointer) null).put(3, (Pointer) null);
        stride = new IntPointer(4 * width, 0, 0, 0);
    }

    /** The picture in the encoder's colours; valid until the next call. */
    AVFrame convert(int[] pixels) {
        av_frame_make_writable(frame);
        rgb.put(pixels);
        sws_scale(scaler, source, stride, 0, height, frame.data(), frame.linesize());
        return frame;
    }

    @Override
    public void close() {
        sws_freeContext(scaler);
        av_frame_free(frame);
        stride.close();
        source.close();
        rgb.close();
    }
}
