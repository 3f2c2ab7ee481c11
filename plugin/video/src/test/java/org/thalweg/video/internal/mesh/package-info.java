@NullMarked
package org.thalweg.video.internal.mesh;

import org.jspecify.annotations.NullMarked;
