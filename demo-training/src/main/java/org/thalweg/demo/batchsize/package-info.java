/** Minimizers of small and of large batches. */
@NullMarked
package org.thalweg.demo.batchsize;

import org.jspecify.annotations.NullMarked;
