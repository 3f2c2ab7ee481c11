/** The objective on an NVIDIA GPU, through the driver alone: kernels as PTX, libcuda by JNA, no CUDA toolkit. */
@NullMarked
package org.thalweg.cuda;

import org.jspecify.annotations.NullMarked;
