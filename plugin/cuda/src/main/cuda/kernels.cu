// All kernels, as one module.
#include "convolution.cu"
#include "depthwise.cu"
#include "elementwise.cu"
#include "loss.cu"
#include "pooling.cu"
#include "product.cu"
#include "rows.cu"
#include "vectors.cu"
