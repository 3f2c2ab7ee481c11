// Losses of outputs [n, size] and their derivatives with respect to the outputs, one thread per row, in double.
#include "dialect.h"

enum Loss {
    SOFTMAX_CROSS_ENTROPY,
    SIGMOID_CROSS_ENTROPY,
    LOG_LIKELIHOOD,
    SQUARED_ERROR,
    ABSOLUTE_ERROR,
    BINARY_LOG_LIKELIHOOD,
    HINGE,
    SQUARED_HINGE,
    KULLBACK_LEIBLER,
    POISSON,
    SQUARED_LOG_ERROR,
    RELATIVE_ERROR,
    PRODUCT,
    COSINE_PROXIMITY,
    PAIRWISE_RANKING
};

struct LossArgs {
    int rows, size, loss;
    const void *outputs, *tangent;
    const double *labels, *weights;  // weights may be null, for ones
    void* z;                         // terms: DOUBLE [rows]; otherwise as outputs
    double scale, parameter;
    Long outputsPoint, tangentPoint, zPoint;
};

DEVICE double weight(const LossArgs& a, Long entry) { return a.weights ? a.weights[entry] : 1.0; }

DEVICE double absolute(double x) { return x < 0 ? -x : x; }
DEVICE double logRatio(double a, double y) { return log_((1 + a) / (1 + y)); }
DEVICE double margin(double a, double y) { return y * a < 1 ? 1 - y * a : 0; }

DEVICE double entryValue(int loss, double a, double y, double c) {
    switch (loss) {
        case SIGMOID_CROSS_ENTROPY: return (a > 0 ? a : 0) - a * y + log1p_(exp_(a > 0 ? -a : a));
        case LOG_LIKELIHOOD: return y == 0 ? 0 : -y * log_(a);
        case SQUARED_ERROR: return c * (a - y) * (a - y);
        case BINARY_LOG_LIKELIHOOD:
            return -(y == 0 ? 0 : y * log_(a)) - (y == 1 ? 0 : (1 - y) * log1p_(-a));
        case HINGE: return margin(a, y);
        case SQUARED_HINGE: return margin(a, y) * margin(a, y);
        case KULLBACK_LEIBLER: return y == 0 ? 0 : y * log_(y / a);
        case POISSON: return a - (y == 0 ? 0 : y * log_(a));
        case SQUARED_LOG_ERROR: return c * logRatio(a, y) * logRatio(a, y);
        case RELATIVE_ERROR: return c * absolute((a - y) / y);
        case PRODUCT: return c * a * y;
        default: return c * (a > y ? a - y : y - a);
    }
}

DEVICE double entrySlope(int loss, double a, double y, double c) {
    switch (loss) {
        case SIGMOID_CROSS_ENTROPY: return sigmoid_(a) - y;
        case LOG_LIKELIHOOD: return y == 0 ? 0 : -y / a;
        case SQUARED_ERROR: return 2 * c * (a - y);
        case BINARY_LOG_LIKELIHOOD: return (y == 1 ? 0 : (1 - y) / (1 - a)) - (y == 0 ? 0 : y / a);
        case HINGE: return y * a < 1 ? -y : 0;
        case SQUARED_HINGE: return -2 * y * margin(a, y);
        case KULLBACK_LEIBLER: return y == 0 ? 0 : -y / a;
        case POISSON: return 1 - (y == 0 ? 0 : y / a);
        case SQUARED_LOG_ERROR: return 2 * c * logRatio(a, y) / (1 + a);
        case RELATIVE_ERROR: return (a > y ? c : a < y ? -c : 0) / absolute(y);
        case PRODUCT: return c * y;
        default: return a > y ? c : a < y ? -c : 0;
    }
}

DEVICE double entrySecondDerivative(int loss, double a, double y, double c) {
    switch (loss) {
        case SIGMOID_CROSS_ENTROPY: return sigmoid_(a) * sigmoid_(-a);
        case LOG_LIKELIHOOD: return y == 0 ? 0 : y / (a * a);
        case SQUARED_ERROR: return 2 * c;
        case BINARY_LOG_LIKELIHOOD:
            return (y == 1 ? 0 : (1 - y) / ((1 - a) * (1 - a))) + (y == 0 ? 0 : y / (a * a));
        case SQUARED_HINGE: return y * a < 1 ? 2 * y * y : 0;
        case KULLBACK_LEIBLER:
        case POISSON: return y == 0 ? 0 : y / (a * a);
        case SQUARED_LOG_ERROR: return 2 * c * (1 - logRatio(a, y)) / ((1 + a) * (1 + a));
        default: return 0;
    }
}

template <class T> DEVICE double logSumExp(const T* row, int size) {
    double largest = double(row[0]);
    for (int i = 1; i < size; i++) largest = double(row[i]) > largest ? double(row[i]) : largest;
    double sum = 0;
    for (int i = 0; i < size; i++) sum += exp_(double(row[i]) - largest);
    return largest + log_(sum);
}

DEVICE double totalWeight(const LossArgs& a, Long first) {
    double total = 0;
    for (int i = 0; i < a.size; i++) total += weight(a, first + i) * a.labels[first + i];
    return total;
}

// Sums over a row, of outputs a, labels y and a tangent t, that give its loss and its derivatives.
struct RowSums {
    double aa, yy, ay, at, yt;                    // cosine proximity: dot products
    double positive, negative, positiveTangent, negativeTangent, pairs;  // ranking: exp(-a), exp(a), their changes
};

template <class T> DEVICE RowSums rowSums(const LossArgs& args, const T* out, const T* tangent, Long first) {
    RowSums s = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    int positives = 0;
    for (int i = 0; i < args.size; i++) {
        double a = double(out[i]), y = args.labels[first + i], t = tangent ? double(tangent[i]) : 0;
        s.aa += a * a, s.yy += y * y, s.ay += a * y, s.at += a * t, s.yt += y * t;
        if (args.loss == PAIRWISE_RANKING) {
            double e = exp_(y != 0 ? -a : a);
            positives += y != 0;
            (y != 0 ? s.positive : s.negative) += e;
            (y != 0 ? s.positiveTangent : s.negativeTangent) += y != 0 ? -e * t : e * t;
        }
    }
    s.pairs = double(positives) * (args.size - positives);
    return s;
}

// The divisor of a row's loss; 0 if the row does not count.
DEVICE double rowDivisor(const LossArgs& args, const RowSums& s, Long first) {
    if (weight(args, first) == 0) return 0;
    return args.loss == COSINE_PROXIMITY ? sqrt_(s.aa) * sqrt_(s.yy) : s.pairs;
}

DEVICE double rowValue(const LossArgs& args, const RowSums& s) {
    return args.loss == COSINE_PROXIMITY ? -s.ay : s.positive * s.negative;
}

DEVICE double rowSlope(const LossArgs& args, const RowSums& s, double a, double y) {
    if (args.loss == COSINE_PROXIMITY) return s.ay * a / s.aa - y;
    return y != 0 ? -exp_(-a) * s.negative : exp_(a) * s.positive;
}

DEVICE double rowSecondDerivative(const LossArgs& args, const RowSums& s, double a, double y, double t) {
    if (args.loss == COSINE_PROXIMITY) return (s.yt * a + s.ay * t + s.at * (y - 3 * s.ay * a / s.aa)) / s.aa;
    return y != 0 ? exp_(-a) * (t * s.negative - s.negativeTangent) : exp_(a) * (t * s.positive + s.positiveTangent);
}

template <class T> DEVICE void terms(const LossArgs& a) {
    int row = BX * THREADS + TX;
    if (row >= a.rows) return;
    Long first = (Long)row * a.size;
    const T* out = (const T*)a.outputs + BZ * a.outputsPoint + first;
    if (a.loss >= COSINE_PROXIMITY) {
        RowSums s = rowSums(a, out, (const T*)nullptr, first);
        double divisor = rowDivisor(a, s, first);
        ((double*)a.z)[BZ * a.zPoint + row] = divisor == 0 ? 0 : a.scale * weight(a, first) * rowValue(a, s) / divisor;
        return;
    }
    bool softmax = a.loss == SOFTMAX_CROSS_ENTROPY;
    double normalizer = softmax ? logSumExp(out, a.size) : 0, sum = 0;
    for (int i = 0; i < a.size; i++) {
        double w = weight(a, first + i), y = a.labels[first + i], o = double(out[i]);
        // An entry with zero weight may be infinite.
        if (softmax) {
            sum += w * y == 0 ? 0 : w * y * (normalizer - o);
        } else {
            sum += w == 0 ? 0 : w * entryValue(a.loss, o, y, a.parameter);
        }
    }
    ((double*)a.z)[BZ * a.zPoint + row] = a.scale * sum;
}

template <class T> DEVICE void lossSlope(const LossArgs& a) {
    int row = BX * THREADS + TX;
    if (row >= a.rows) return;
    Long first = (Long)row * a.size;
    const T* out = (const T*)a.outputs + BZ * a.outputsPoint + first;
    T* z = (T*)a.z + BZ * a.zPoint + first;
    if (a.loss >= COSINE_PROXIMITY) {
        RowSums s = rowSums(a, out, (const T*)nullptr, first);
        double divisor = rowDivisor(a, s, first), factor = a.scale * weight(a, first);
        for (int i = 0; i < a.size; i++)
            z[i] = T(divisor == 0 ? 0 : factor * rowSlope(a, s, double(out[i]), a.labels[first + i]) / divisor);
        return;
    }
    bool softmax = a.loss == SOFTMAX_CROSS_ENTROPY;
    double normalizer = softmax ? logSumExp(out, a.size) : 0, total = softmax ? totalWeight(a, first) : 0;
    for (int i = 0; i < a.size; i++) {
        double w = weight(a, first + i), y = a.labels[first + i], o = double(out[i]);
        double d = softmax ? total * exp_(o - normalizer) - w * y : w == 0 ? 0 : w * entrySlope(a.loss, o, y, a.parameter);
        z[i] = T(a.scale * d);
    }
}

template <class T> DEVICE void lossSecondDerivative(const LossArgs& a) {
    int row = BX * THREADS + TX;
    if (row >= a.rows) return;
    Long first = (Long)row * a.size;
    const T* out = (const T*)a.outputs + BZ * a.outputsPoint + first;
    const T* t = (const T*)a.tangent + BZ * a.tangentPoint + first;
    T* z = (T*)a.z + BZ * a.zPoint + first;
    if (a.loss >= COSINE_PROXIMITY) {
        RowSums s = rowSums(a, out, t, first);
        double divisor = rowDivisor(a, s, first), factor = a.scale * weight(a, first);
        for (int i = 0; i < a.size; i++) {
            double change = divisor == 0 ? 0 : rowSecondDerivative(a, s, double(out[i]), a.labels[first + i], double(t[i])) / divisor;
            z[i] = T(factor * change);
        }
        return;
    }
    if (a.loss == SOFTMAX_CROSS_ENTROPY) {
        double normalizer = logSumExp(out, a.size), total = totalWeight(a, first), mean = 0;
        for (int i = 0; i < a.size; i++) mean += exp_(double(out[i]) - normalizer) * double(t[i]);
        for (int i = 0; i < a.size; i++)
            z[i] = T(a.scale * total * exp_(double(out[i]) - normalizer) * (double(t[i]) - mean));
    } else {
        for (int i = 0; i < a.size; i++) {
            double w = weight(a, first + i), y = a.labels[first + i];
            z[i] = T(w == 0 ? 0 : a.scale * w * entrySecondDerivative(a.loss, double(out[i]), y, a.parameter) * double(t[i]));
        }
    }
}

// Correct predictions of a row, each weighted by its mask: by the largest entry, or for each entry by a threshold.
struct CorrectArgs {
    int rows, size, byThreshold;
    const void* outputs;
    const double *labels, *mask;  // mask may be null
    double* z;                    // [rows]
    double threshold;
    Long outputsPoint, zPoint;
};

template <class T> DEVICE void correct(const CorrectArgs& a) {
    int row = BX * THREADS + TX;
    if (row >= a.rows) return;
    Long first = (Long)row * a.size;
    const T* out = (const T*)a.outputs + BZ * a.outputsPoint + first;
    double sum = 0;
    if (a.byThreshold) {
        for (int i = 0; i < a.size; i++)
            if ((double(out[i]) > a.threshold) == (a.labels[first + i] > 0.5)) sum += a.mask ? a.mask[first + i] : 1;
    } else {
        int predicted = 0, labelled = 0;
        double mask = a.mask ? a.mask[first] : 1;
        for (int i = 1; i < a.size; i++) {
            if (out[i] > out[predicted]) predicted = i;
            if (a.labels[first + i] > a.labels[first + labelled]) labelled = i;
            if (a.mask && a.mask[first + i] > mask) mask = a.mask[first + i];
        }
        if (predicted == labelled) sum = mask;
    }
    a.z[BZ * a.zPoint + row] = sum;
}

#define LOSSES(T)                                                                    \
    KERNEL(loss_terms_##T, LossArgs) { terms<T>(args); }                             \
    KERNEL(loss_slope_##T, LossArgs) { lossSlope<T>(args); }                         \
    KERNEL(loss_second_derivative_##T, LossArgs) { lossSecondDerivative<T>(args); }  \
    KERNEL(correct_##T, CorrectArgs) { correct<T>(args); }
LOSSES(float)
LOSSES(double)
