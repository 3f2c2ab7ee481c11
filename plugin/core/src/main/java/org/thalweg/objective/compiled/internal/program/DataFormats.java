package org.thalweg.objective.compiled.internal.program;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.UnsupportedNetworkException;

/**
 * The axis of the channels in a network's arrays: the second or the last. In compiled values it is always the last.
 *
 * @param images of rank 4
 * @param sequences of rank 3
 * @param volumes of rank 5
 */
public record DataFormats(CNN2DFormat images, RNNFormat sequences, Convolution3D.DataFormat volumes) {

    private static final int SEQUENCE = 3;
    private static final int IMAGE = 4;
    private static final int VOLUME = 5;

    /**
     * The formats that a network's layers declare.
     *
     * @throws UnsupportedNetworkException if layers contradict each other
     */
    public static DataFormats of(Model model) {
        Set<CNN2DFormat> images = EnumSet.noneOf(CNN2DFormat.class);
        Set<RNNFormat> sequences = EnumSet.noneOf(RNNFormat.class);
        Set<Convolution3D.DataFormat> volumes = EnumSet.noneOf(Convolution3D.DataFormat.class);
        // BatchNorm of vectors also declares NCHW, so it counts only if no other layer declares a format.
        boolean normalizesLast = false;
        for (org.deeplearning4j.nn.api.Layer layer : NetworkLayout.layers(model).values()) {
            Layer configuration = innermost(layer.conf().getLayer());
            RNNFormat sequence = sequenceFormat(configuration);
            if (sequence != null) {
                sequences.add(sequence);
            }
            Optional.ofNullable(imageFormat(configuration)).ifPresent(images::add);
            normalizesLast |= configuration instanceof BatchNormalization normalization
                    && normalization.getCnn2DFormat() == CNN2DFormat.NHWC;
            Optional.ofNullable(volumeFormat(configuration)).ifPresent(volumes::add);
        }
        return new DataFormats(
                only("images", images, normalizesLast ? CNN2DFormat.NHWC : CNN2DFormat.NCHW),
                only("sequences", sequences, RNNFormat.NCW),
                only("volumes", volumes, Convolution3D.DataFormat.NCDHW));
    }

    private static Layer innermost(Layer layer) {
        Layer inner = NetworkLayout.unwrapped(layer);
        return inner instanceof Bidirectional both ? innermost(both.getFwd()) : inner;
    }

    /** The format that a layer declares for sequences; null for none. */
    private static @Nullable RNNFormat sequenceFormat(Layer layer) {
        if (layer instanceof BaseRecurrentLayer recurrent) {
            return recurrent.getRnnDataFormat();
        }
        if (layer instanceof RnnOutputLayer output) {
            return output.getRnnDataFormat();
        }
        if (layer instanceof RnnLossLayer loss) {
            return loss.getRnnDataFormat();
        }
        if (layer instanceof EmbeddingSequenceLayer embedding) {
            return embedding.getOutputFormat();
        }
        if (layer instanceof RepeatVector repetition) {
            return repetition.getDataFormat();
        }
        if (layer instanceof Convolution1DLayer convolution) {
            return convolution.getRnnDataFormat();
        }
        if (layer instanceof Subsampling1DLayer pool) {
            return pool.getCnn2dDataFormat() == CNN2DFormat.NHWC ? RNNFormat.NWC : RNNFormat.NCW;
        }
        return null;
    }

    /** The format that a layer declares for images; null for none. */
    private static @Nullable CNN2DFormat imageFormat(Layer layer) {
        if (layer instanceof ConvolutionLayer convolution) {
            boolean ofImages = !(layer instanceof Convolution3D
                    || layer instanceof Deconvolution3D
                    || layer instanceof Convolution1DLayer);
            return ofImages ? convolution.getCnn2dDataFormat() : null;
        } else if (layer instanceof SubsamplingLayer pool) {
            return layer instanceof Subsampling1DLayer ? null : pool.getCnn2dDataFormat();
        } else if (layer instanceof ZeroPaddingLayer padding) {
            return padding.getDataFormat();
        } else if (layer instanceof Upsampling2D upsampling) {
            return layer instanceof Upsampling1D ? null : upsampling.getFormat();
        } else if (layer instanceof Cropping2D cropping) {
            return cropping.getDataFormat();
        } else if (layer instanceof SpaceToDepthLayer rearranging) {
            return rearranging.getDataFormat();
        } else if (layer instanceof SpaceToBatchLayer folding) {
            return folding.getFormat();
        } else if (layer instanceof CnnLossLayer loss) {
            return loss.getFormat();
        } else if (layer instanceof Yolo2OutputLayer loss) {
            return loss.getFormat();
        } else if (layer instanceof LocalResponseNormalization normalization) {
            return normalization.getDataFormat();
        }
        return null;
    }

    /** The format that a layer declares for volumes; null for none. */
    private static Convolution3D.@Nullable DataFormat volumeFormat(Layer layer) {
        if (layer instanceof Convolution3D convolution) {
            return convolution.getDataFormat();
        } else if (layer instanceof Deconvolution3D deconvolution) {
            return deconvolution.getDataFormat();
        } else if (layer instanceof Subsampling3DLayer pool) {
            return pool.getDataFormat();
        } else if (layer instanceof Upsampling3D upsampling) {
            return upsampling.getDataFormat();
        } else if (layer instanceof Cnn3DLossLayer loss) {
            return loss.getDataFormat();
        }
        return null;
    }

    private static <E extends Enum<E>> E only(String what, Set<E> formats, E otherwise) {
        if (formats.size() > 1) {
            throw new UnsupportedNetworkException("network", "has " + what + " both " + formats + ", not covered");
        }
        return formats.isEmpty() ? otherwise : formats.iterator().next();
    }

    /** The shape of one example with channels last, for an array {@code [N, ...]} in the network's format. */
    public long[] exampleShape(long[] shape) {
        long[] example = Arrays.copyOfRange(shape, 1, shape.length);
        if (channelsFirst(shape.length)) {
            System.arraycopy(shape, 2, example, 0, shape.length - 2);
            example[example.length - 1] = shape[1];
        }
        return example;
    }

    /** An array {@code [N, ...]} in the network's format with its channels last, as a view. */
    public INDArray channelsLast(INDArray array) {
        if (!channelsFirst(array.rank())) {
            return array;
        }
        int[] axes = new int[array.rank()];
        for (int axis = 1; axis < axes.length - 1; axis++) {
            axes[axis] = axis + 1;
        }
        axes[axes.length - 1] = 1;
        return array.permute(axes);
    }

    /** An array with its channels last in the network's format, as a view. */
    public INDArray asNetwork(INDArray array) {
        if (!channelsFirst(array.rank())) {
            return array;
        }
        int[] axes = new int[array.rank()];
        axes[1] = axes.length - 1;
        for (int axis = 2; axis < axes.length; axis++) {
            axes[axis] = axis - 1;
        }
        return array.permute(axes);
    }

    /** Whether arrays of a rank, with examples on the first axis, have their channels on the second. */
    public boolean channelsFirst(int rank) {
        return switch (rank) {
            case SEQUENCE -> sequences == RNNFormat.NCW;
            case IMAGE -> images == CNN2DFormat.NCHW;
            case VOLUME -> volumes == Convolution3D.DataFormat.NCDHW;
            default -> false;
        };
    }
}
