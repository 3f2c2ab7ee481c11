/** Networks of ImageNet's size, read from their files. */
@NullMarked
package org.thalweg.demo.imagenet;

import org.jspecify.annotations.NullMarked;
