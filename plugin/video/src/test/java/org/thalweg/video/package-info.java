@NullMarked
package org.thalweg.video;

import org.jspecify.annotations.NullMarked;
