// Convolutions of images [n, h, w, c] with weights [kh, kw, c, o], as matrix products without forming the matrix of
// windows (implicit GEMM): the forward map and its transposes with respect to the images and the weights. z counts the
// points of a surface.
#include "tile.h"

struct Geometry {
    int examples, height, width, channels;  // of the images
    int outHeight, outWidth, outChannels;
    int kernelHeight, kernelWidth;
    int strideY, strideX, dilationY, dilationX, padY, padX;
    Divisor byChannels, byKernelWidth, byOutWidth, byOutHeight, byWidth, byHeight, byOutChannels, byStrideY, byStrideX;
};

struct ConvolutionArgs {
    Geometry g;
    const void *images, *weights, *bias;
    void* out;
    Long imagesPoint, weightsPoint, biasPoint, outPoint;  // distance between the arrays of consecutive points, 0 if shared
    double beta;
};

// Row m is an output pixel, column k a tap and a channel.
template <class T> struct Windows {
    static const bool ROWS_NEIGHBOUR = false;
    const T* p;
    const Geometry& g;
    int rows;
    DEVICE_MEMBER T operator()(int m, int k) const {
        if (m >= rows) return T(0);
        int line = quotient(m, g.byOutWidth), x = m - line * g.outWidth;
        int image = quotient(line, g.byOutHeight), y = line - image * g.outHeight;
        int tap = quotient(k, g.byChannels), c = k - tap * g.channels;
        int i = quotient(tap, g.byKernelWidth), j = tap - i * g.kernelWidth;
        int iy = y * g.strideY + i * g.dilationY - g.padY, ix = x * g.strideX + j * g.dilationX - g.padX;
        if (iy < 0 || iy >= g.height || ix < 0 || ix >= g.width) return T(0);
        return p[((Long)(image * g.height + iy) * g.width + ix) * g.channels + c];
    }
};

// The transposed windows: row m is a tap and a channel, column k an output pixel.
template <class T> struct WindowsTransposed {
    static const bool ROWS_NEIGHBOUR = true;
    Windows<T> windows;
    int rows;
    DEVICE_MEMBER T operator()(int m, int k) const { return m < rows ? windows(k, m) : T(0); }
};

// Row m is an input pixel, column k a tap and an output channel: the results that the pixel contributed to.
template <class T> struct Scattered {
    static const bool ROWS_NEIGHBOUR = false;
    const T* p;
    const Geometry& g;
    int rows;
    DEVICE_MEMBER T operator()(int m, int k) const {
        if (m >= rows) return T(0);
        int line = quotient(m, g.byWidth), x = m - line * g.width;
        int image = quotient(line, g.byHeight), y = line - image * g.height;
        int tap = quotient(k, g.byOutChannels), o = k - tap * g.outChannels;
        int i = quotient(tap, g.byKernelWidth), j = tap - i * g.kernelWidth;
        int sy = y + g.padY - i * g.dilationY, sx = x + g.padX - j * g.dilationX;
        if (sy < 0 || sx < 0) return T(0);
        int oy = quotient(sy, g.byStrideY), ox = quotient(sx, g.byStrideX);
        if (oy * g.strideY != sy || ox * g.strideX != sx || oy >= g.outHeight || ox >= g.outWidth) return T(0);
        return p[((Long)(image * g.outHeight + oy) * g.outWidth + ox) * g.outChannels + o];
    }
};

template <class T> struct Rows {
    static const bool COLUMNS_NEIGHBOUR = true;
    const T* p;
    int columns;
    DEVICE_MEMBER T operator()(int k, int n) const { return n < columns ? p[(Long)k * columns + n] : T(0); }
};

// Weights: row k is a tap and an output channel, column n an input channel.
template <class T> struct WeightsTransposed {
    static const bool COLUMNS_NEIGHBOUR = false;
    const T* p;
    const Geometry& g;
    DEVICE_MEMBER T operator()(int k, int n) const {
        if (n >= g.channels) return T(0);
        int tap = quotient(k, g.byOutChannels), o = k - tap * g.outChannels;
        return p[((Long)tap * g.channels + n) * g.outChannels + o];
    }
};

template <class T> struct Into {
    T* p;
    const T* bias;
    int columns;
    T beta;
    DEVICE_MEMBER void operator()(int m, int n, T sum) const {
        T* at = p + (Long)m * columns + n;
        T value = bias ? sum + bias[n] : sum;
        *at = beta == T(0) ? value : fma_(beta, *at, value);
    }
};

template <class T> DEVICE void forward(const ConvolutionArgs& a, T* sharedA, T* sharedB) {
    const Geometry& g = a.g;
    int pixels = g.examples * g.outHeight * g.outWidth, depth = g.kernelHeight * g.kernelWidth * g.channels;
    Windows<T> windows = {(const T*)a.images + BZ * a.imagesPoint, g, pixels};
    Rows<T> weights = {(const T*)a.weights + BZ * a.weightsPoint, g.outChannels};
    const T* bias = a.bias ? (const T*)a.bias + BZ * a.biasPoint : 0;
    Into<T> out = {(T*)a.out + BZ * a.outPoint, bias, g.outChannels, T(a.beta)};
    multiply<T>(windows, weights, out, pixels, g.outChannels, BX, BY, 0, depth, sharedA, sharedB);
}

// Here images is the gradient with respect to the output, out the gradient with respect to the images.
template <class T> DEVICE void toImages(const ConvolutionArgs& a, T* sharedA, T* sharedB) {
    const Geometry& g = a.g;
    int pixels = g.examples * g.height * g.width, depth = g.kernelHeight * g.kernelWidth * g.outChannels;
    Scattered<T> scattered = {(const T*)a.images + BZ * a.imagesPoint, g, pixels};
    WeightsTransposed<T> weights = {(const T*)a.weights + BZ * a.weightsPoint, g};
    Into<T> out = {(T*)a.out + BZ * a.outPoint, 0, g.channels, T(a.beta)};
    multiply<T>(scattered, weights, out, pixels, g.channels, BX, BY, 0, depth, sharedA, sharedB);
}

// Here weights is the gradient with respect to the output, out the partial sums [splits, kh kw c, o]: block z sums its
// share of the pixels, and sum_parts adds the shares in order.
template <class T> DEVICE void toWeights(const ConvolutionArgs& a, int pixelsPerSplit, T* sharedA, T* sharedB) {
    const Geometry& g = a.g;
    int pixels = g.examples * g.outHeight * g.outWidth, rows = g.kernelHeight * g.kernelWidth * g.channels;
    int from = BZ * pixelsPerSplit, to = from + pixelsPerSplit < pixels ? from + pixelsPerSplit : pixels;
    WindowsTransposed<T> windows = {{(const T*)a.images, g, pixels}, rows};
    Rows<T> deltas = {(const T*)a.weights, g.outChannels};
    Into<T> out = {(T*)a.out + (Long)BZ * rows * g.outChannels, 0, g.outChannels, T(0)};
    multiply<T>(windows, deltas, out, rows, g.outChannels, BX, BY, from, to, sharedA, sharedB);
}

struct WeightGradientArgs {
    ConvolutionArgs convolution;
    int pixelsPerSplit;
};

#define CONVOLUTION(T)                                                    \
    BLOCK_KERNEL(convolution_##T, ConvolutionArgs) {                      \
        TILE_SHARED(T)                                                    \
        forward<T>(args, sharedA, sharedB);                               \
    }                                                                     \
    BLOCK_KERNEL(convolution_to_images_##T, ConvolutionArgs) {            \
        TILE_SHARED(T)                                                    \
        toImages<T>(args, sharedA, sharedB);                              \
    }                                                                     \
    BLOCK_KERNEL(convolution_to_weights_##T, WeightGradientArgs) {        \
        TILE_SHARED(T)                                                    \
        toWeights<T>(args.convolution, args.pixelsPerSplit, sharedA, sharedB); \
    }

CONVOLUTION(float)
CONVOLUTION(double)
