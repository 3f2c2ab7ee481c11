/** The same network with and without BatchNorm, and its surface in each mode. */
@NullMarked
package org.thalweg.demo.batchnorm;

import org.jspecify.annotations.NullMarked;
