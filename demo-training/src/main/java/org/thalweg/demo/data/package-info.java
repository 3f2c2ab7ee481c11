/** Images of digits: drawn by the demo itself, or read from MNIST's files. */
@NullMarked
package org.thalweg.demo.data;

import org.jspecify.annotations.NullMarked;
