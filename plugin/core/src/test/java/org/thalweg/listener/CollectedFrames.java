package org.thalweg.listener;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;

/** Keeps the frames it receives; thread-safe. */
final class CollectedFrames implements FrameSink {

    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private final List<Long> skipped = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public void frame(Frame frame) {
        frames.add(frame);
    }

    @Override
    public void skipped(long iteration, String reason) {
        skipped.add(iteration);
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    List<Frame> frames() {
        return frames;
    }

    Frame last() {
        return frames.get(frames.size() - 1);
    }

    List<Long> iterations() {
        return frames.stream().map(Frame::iteration).toList();
    }

    List<Integer> epochs() {
        return frames.stream().map(Frame::epoch).toList();
    }

    List<Long> skipped() {
        return skipped;
    }

    /** How often it was closed. */
    int closed() {
        return closed.get();
    }
}
