// Maxima and means over windows of images [n, h, w, c], one thread per element of the result. Adjoints gather from the
// windows that contain a pixel, in row-major order, so that no two threads add to the same number.
#include "dialect.h"

struct PoolArgs {
    int examples, height, width, channels, outHeight, outWidth;
    int windowHeight, windowWidth, strideY, strideX, dilationY, dilationX, padY, padX;
    int countPadding;  // whether padding counts in a mean
    const void *x, *delta;
    void* z;
    int* places;
    Long xPoint, deltaPoint, zPoint;
    Long zRow;  // from one unrolled window to the next
};

struct Pixel {
    int n, y, x, c;
};

DEVICE Pixel pixel(int element, int height, int width, int channels) {
    int c = element % channels, rest = element / channels;
    int x = rest % width;
    rest /= width;
    Pixel p = {rest / height, rest % height, x, c};
    return p;
}

DEVICE Long at(const PoolArgs& a, int n, int y, int x, int c) {
    return ((Long)(n * a.height + y) * a.width + x) * a.channels + c;
}

// The position of a window's maximum: the first one in row-major order; NaN is larger than any number.
template <class T> DEVICE Long maximum(const PoolArgs& a, const T* x, int n, int oy, int ox, int c) {
    Long best = -1;
    T largest = T(0);
    for (int i = 0; i < a.windowHeight; i++) {
        int y = oy * a.strideY + i * a.dilationY - a.padY;
        if (y < 0 || y >= a.height) continue;
        for (int j = 0; j < a.windowWidth; j++) {
            int xx = ox * a.strideX + j * a.dilationX - a.padX;
            if (xx < 0 || xx >= a.width) continue;
            T v = x[at(a, n, y, xx, c)];
            if (best < 0 || v > largest || (v != v && largest == largest)) {
                best = at(a, n, y, xx, c);
                largest = v;
            }
        }
    }
    return best;
}

template <class T> DEVICE void maxPool(const PoolArgs& a) {
    int element = BX * THREADS + TX;
    if (element >= a.examples * a.outHeight * a.outWidth * a.channels) return;
    Pixel o = pixel(element, a.outHeight, a.outWidth, a.channels);
    const T* x = (const T*)a.x + BZ * a.xPoint;
    Long best = maximum(a, x, o.n, o.y, o.x, o.c);
    if (a.places) {
        a.places[BZ * a.zPoint + element] = int(best);
    } else {
        ((T*)a.z)[BZ * a.zPoint + element] = x[best];
    }
}

// The first output row whose window may contain a pixel, and the row after the last one.
DEVICE int firstWindow(int y, int pad, int window, int dilation, int stride) {
    int lowest = y + pad - (window - 1) * dilation;
    return lowest <= 0 ? 0 : (lowest + stride - 1) / stride;
}
DEVICE int endOfWindows(int y, int pad, int stride, int outputs) {
    int end = (y + pad) / stride + 1;
    return end < outputs ? end : outputs;
}

template <class T> DEVICE void maxPoolAdjoint(const PoolArgs& a) {
    int element = BX * THREADS + TX;
    if (element >= a.examples * a.height * a.width * a.channels) return;
    Pixel p = pixel(element, a.height, a.width, a.channels);
    const T* x = (const T*)a.x + BZ * a.xPoint;
    const T* delta = (const T*)a.delta + BZ * a.deltaPoint;
    T sum = T(0);
    int endY = endOfWindows(p.y, a.padY, a.strideY, a.outHeight), endX = endOfWindows(p.x, a.padX, a.strideX, a.outWidth);
    for (int oy = firstWindow(p.y, a.padY, a.windowHeight, a.dilationY, a.strideY); oy < endY; oy++)
        for (int ox = firstWindow(p.x, a.padX, a.windowWidth, a.dilationX, a.strideX); ox < endX; ox++)
            if (maximum(a, x, p.n, oy, ox, p.c) == element)
                sum += delta[((Long)(p.n * a.outHeight + oy) * a.outWidth + ox) * a.channels + p.c];
    ((T*)a.z)[BZ * a.zPoint + element] = sum;
}

// The number of pixels in a window's mean.
DEVICE int pixels(const PoolArgs& a, int oy, int ox) {
    if (a.countPadding) return a.windowHeight * a.windowWidth;
    int count = 0;
    for (int i = 0; i < a.windowHeight; i++)
        for (int j = 0; j < a.windowWidth; j++) {
            int y = oy * a.strideY + i * a.dilationY - a.padY, x = ox * a.strideX + j * a.dilationX - a.padX;
            count += y >= 0 && y < a.height && x >= 0 && x < a.width;
        }
    return count;
}

template <class T> DEVICE void averagePool(const PoolArgs& a) {
    int element = BX * THREADS + TX;
    if (element >= a.examples * a.outHeight * a.outWidth * a.channels) return;
    Pixel o = pixel(element, a.outHeight, a.outWidth, a.channels);
    const T* x = (const T*)a.x + BZ * a.xPoint;
    T sum = T(0);
    for (int i = 0; i < a.windowHeight; i++)
        for (int j = 0; j < a.windowWidth; j++) {
            int y = o.y * a.strideY + i * a.dilationY - a.padY, xx = o.x * a.strideX + j * a.dilationX - a.padX;
            if (y >= 0 && y < a.height && xx >= 0 && xx < a.width) sum += x[at(a, o.n, y, xx, o.c)];
        }
    ((T*)a.z)[BZ * a.zPoint + element] = sum / T(pixels(a, o.y, o.x));
}

template <class T> DEVICE void averagePoolAdjoint(const PoolArgs& a) {
    int element = BX * THREADS + TX;
    if (element >= a.examples * a.height * a.width * a.channels) return;
    Pixel p = pixel(element, a.height, a.width, a.channels);
    const T* delta = (const T*)a.delta + BZ * a.deltaPoint;
    T sum = T(0);
    int endY = endOfWindows(p.y, a.padY, a.strideY, a.outHeight), endX = endOfWindows(p.x, a.padX, a.strideX, a.outWidth);
    for (int oy = firstWindow(p.y, a.padY, a.windowHeight, a.dilationY, a.strideY); oy < endY; oy++)
        for (int ox = firstWindow(p.x, a.padX, a.windowWidth, a.dilationX, a.strideX); ox < endX; ox++) {
            int dy = p.y + a.padY - oy * a.strideY, dx = p.x + a.padX - ox * a.strideX;
            if (dy % a.dilationY == 0 && dx % a.dilationX == 0)
                sum += delta[((Long)(p.n * a.outHeight + oy) * a.outWidth + ox) * a.channels + p.c] / T(pixels(a, oy, ox));
        }
    ((T*)a.z)[BZ * a.zPoint + element] = sum;
}

// The windows of images, one per row of z[n oh ow, windowHeight windowWidth channels].
template <class T> DEVICE void unroll(const PoolArgs& a) {
    Long element = (Long)BX * THREADS + TX;
    int depth = a.windowHeight * a.windowWidth * a.channels;
    if (element >= (Long)a.examples * a.outHeight * a.outWidth * depth) return;
    int k = int(element % depth), row = int(element / depth);
    int c = k % a.channels, tap = k / a.channels, ox = row % a.outWidth, oy = row / a.outWidth % a.outHeight;
    int y = oy * a.strideY + tap / a.windowWidth - a.padY, x = ox * a.strideX + tap % a.windowWidth - a.padX;
    bool inside = y >= 0 && y < a.height && x >= 0 && x < a.width;
    const T* images = (const T*)a.x + BZ * a.xPoint;
    ((T*)a.z)[BZ * a.zPoint + row * a.zRow + k] = inside ? images[at(a, row / a.outWidth / a.outHeight, y, x, c)] : T(0);
}

#define POOLING(T)                                                     \
    KERNEL(max_pool_##T, PoolArgs) { maxPool<T>(args); }               \
    KERNEL(max_pool_adjoint_##T, PoolArgs) { maxPoolAdjoint<T>(args); } \
    KERNEL(average_pool_##T, PoolArgs) { averagePool<T>(args); }       \
    KERNEL(average_pool_adjoint_##T, PoolArgs) { averagePoolAdjoint<T>(args); } \
    KERNEL(unroll_windows_##T, PoolArgs) { unroll<T>(args); }
POOLING(float)
POOLING(double)
