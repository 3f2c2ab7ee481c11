/** Minimizers of small and large batches. */
@NullMarked
package org.thalweg.demo.batchsize;

import org.jspecify.annotations.NullMarked;
