/**
 * The objective on an NVIDIA GPU. It needs only the driver: kernels are PTX, and libcuda is called through JNA, without
 * a CUDA toolkit.
 */
@NullMarked
package org.thalweg.cuda;

import org.jspecify.annotations.NullMarked;
