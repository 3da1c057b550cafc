import { ContainerModule } from 'inversify';
import { BrowseGallery } from '../../application/gallery/browse-gallery.js';
import { ChangeImage } from '../../application/gallery/change-image.js';
import { ChangeImages } from '../../application/gallery/change-images.js';
import { DescribeGeneration } from '../../application/gallery/describe-generation.js';
import { ListImages } from '../../application/gallery/list-images.js';
import { PurgeImages } from '../../application/gallery/purge-images.js';
import { build } from '../build.js';
import { parts } from '../identifiers.js';

/** The pictures that are there. */
export const galleryModule = new ContainerModule(({ bind }) => {
  build(bind, ListImages, parts('database', 'clock'));
  build(bind, BrowseGallery, { ...parts('database', 'clock'), listImages: ListImages });
  build(bind, DescribeGeneration, parts('database'));
  build(bind, ChangeImage, parts('database', 'clock'));
  build(bind, ChangeImages, parts('database', 'clock'));
  build(bind, PurgeImages, parts('database', 'media', 'clock'));
});
