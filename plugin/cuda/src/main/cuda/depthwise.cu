// Convolutions of each channel of images [n, h, w, c] with its own filter [kh, kw, c]: the forward map, one thread per
// element of the result, and the gradient of the filters, one thread per weight and share of the windows.
#include "dialect.h"

struct DepthwiseArgs {
    int examples, height, width, channels, outHeight, outWidth;
    int windowHeight, windowWidth, strideY, strideX, dilationY, dilationX, padY, padX;
    int windowsPerPart;  // size of a part of the gradient's sums; unused in the forward map
    const void *x, *other, *bias;  // images; filters, or the gradient of the outputs; null for no bias
    void* z;                       // outputs, or parts of the filters' gradient [parts, kh kw c]
    Long xPoint, otherPoint, biasPoint, zPoint;
};

template <class T> DEVICE T windowElement(const DepthwiseArgs& a, const T* images, int window, int i, int j, int c) {
    int ox = window % a.outWidth, line = window / a.outWidth;
    int oy = line % a.outHeight, n = line / a.outHeight;
    int y = oy * a.strideY + i * a.dilationY - a.padY, x = ox * a.strideX + j * a.dilationX - a.padX;
    if (y < 0 || y >= a.height || x < 0 || x >= a.width) return T(0);
    return images[((Long)(n * a.height + y) * a.width + x) * a.channels + c];
}

template <class T> DEVICE void depthwise(const DepthwiseArgs& a) {
    Long element = (Long)BX * THREADS + TX;
    if (element >= (Long)a.examples * a.outHeight * a.outWidth * a.channels) return;
    int c = int(element % a.channels), window = int(element / a.channels);
    const T *images = (const T*)a.x + BZ * a.xPoint, *filters = (const T*)a.other + BZ * a.otherPoint;
    T sum = a.bias ? ((const T*)a.bias)[BZ * a.biasPoint + c] : T(0);
    for (int i = 0; i < a.windowHeight; i++)
        for (int j = 0; j < a.windowWidth; j++)
            sum += windowElement<T>(a, images, window, i, j, c) * filters[(i * a.windowWidth + j) * a.channels + c];
    ((T*)a.z)[BZ * a.zPoint + element] = sum;
}

template <class T> DEVICE void depthwiseToWeights(const DepthwiseArgs& a) {
    int weights = a.windowHeight * a.windowWidth * a.channels, weight = BX * THREADS + TX;
    if (weight >= weights) return;
    int c = weight % a.channels, tap = weight / a.channels;
    int windows = a.examples * a.outHeight * a.outWidth;
    int from = BY * a.windowsPerPart, to = from + a.windowsPerPart < windows ? from + a.windowsPerPart : windows;
    T sum = T(0);
    for (int window = from; window < to; window++)
        sum += windowElement<T>(a, (const T*)a.x, window, tap / a.windowWidth, tap % a.windowWidth, c) *
               ((const T*)a.other)[(Long)window * a.channels + c];
    ((T*)a.z)[(Long)BY * weights + weight] = sum;
}

#define DEPTHWISE(T)                                              \
    KERNEL(depthwise_##T, DepthwiseArgs) { depthwise<T>(args); }  \
    KERNEL(depthwise_to_weights_##T, DepthwiseArgs) { depthwiseToWeights<T>(args); }

DEPTHWISE(float)
DEPTHWISE(double)
