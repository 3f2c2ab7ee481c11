/** The same network with and without BatchNorm, and what the mode does to its surface. */
@NullMarked
package org.thalweg.demo.batchnorm;

import org.jspecify.annotations.NullMarked;
